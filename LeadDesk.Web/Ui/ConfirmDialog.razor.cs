namespace LeadDesk.Web.Ui;

public sealed partial class ConfirmDialog
{
    private string title = "", text = "", action = "";
    private bool open;
    private TaskCompletionSource<bool>? answer;

    /// <summary>True when confirmed; false when cancelled or closed.</summary>
    /// <param name="title">The question: "Revoke this key?"</param>
    /// <param name="text">What will happen and what stays safe.</param>
    /// <param name="action">The verb on the button: "Revoke key".</param>
    public Task<bool> AskAsync(string title, string text, string action)
    {
        answer?.TrySetResult(false);
        answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        (this.title, this.text, this.action, open) = (title, text, action, true);
        StateHasChanged();
        return answer.Task;
    }

    private void Answer(bool confirmed)
    {
        open = false;
        answer?.TrySetResult(confirmed);
    }
}
