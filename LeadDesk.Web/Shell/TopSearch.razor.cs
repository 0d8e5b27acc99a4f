using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadDesk.Web.Shell;

public sealed partial class TopSearch(NavigationManager navigation) : IDisposable
{
    private string text = "";
    private string submitted = "";

    private bool OnList => Path is "/leads" or "/my-leads";

    private string Path => new Uri(navigation.Uri).AbsolutePath;

    protected override void OnInitialized()
    {
        submitted = text = TextOfAddress();
        navigation.LocationChanged += Moved;
    }

    public void Dispose() => navigation.LocationChanged -= Moved;

    private void Search()
    {
        var wanted = text.Trim();
        if (OnList && wanted == submitted)
            return;
        submitted = wanted;
        if (OnList)
            navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["search"] = wanted.Length == 0 ? null : wanted, ["cursor"] = null }), replace: true);
        else
            navigation.NavigateTo(wanted.Length == 0 ? "/leads" : $"/leads?search={Uri.EscapeDataString(wanted)}");
    }

    /// <summary>Follows the address, but leaves the field alone when the address only repeats what was submitted: its owner may have typed on.</summary>
    private void Moved(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        var wanted = TextOfAddress();
        if (wanted != submitted)
            submitted = text = wanted;
        StateHasChanged();
    });

    private string TextOfAddress() =>
        OnList && QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue("search", out var value) ? value.ToString() : "";
}
