namespace LeadDesk.Web.Ui;

public enum ToastTone
{
    Success,
    Info,
    Error,
}

/// <param name="Undo">Takes back what the toast reports.</param>
public sealed record Toast(long Id, string Text, ToastTone Tone, Func<Task>? Undo);

/// <summary>Short messages of one open page, shown by <see cref="ToastRegion"/>. Call it on the page's own dispatcher, like any component.</summary>
public sealed class ToastService
{
    /// <summary>More than this would cover the page; the oldest goes.</summary>
    private const int Most = 3;

    private readonly List<Toast> toasts = [];
    private long lastId;

    public IReadOnlyList<Toast> Toasts => toasts;

    /// <summary>Set by the one region that draws them.</summary>
    internal Action? Changed { get; set; }

    /// <param name="text">A sentence in the reader's language.</param>
    /// <param name="undo">Given when the change can be taken back; the toast then has an Undo button.</param>
    public void Show(string text, ToastTone tone = ToastTone.Success, Func<Task>? undo = null)
    {
        if (toasts.Count == Most)
            toasts.RemoveAt(0);
        toasts.Add(new Toast(++lastId, text, tone, undo));
        Changed?.Invoke();
    }

    public void Dismiss(long id)
    {
        toasts.RemoveAll(toast => toast.Id == id);
        Changed?.Invoke();
    }
}
