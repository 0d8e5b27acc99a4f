using System.Globalization;
using LeadDesk.Sharing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Sharing;

public sealed partial class SharePage(SharedLeads leads)
{
    private SharedLead? lead;

    [Parameter] public string Token { get; set; } = "";

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    private string Name => lead is { Name.Length: > 0 } ? lead.Name : T["A lead without a name"];

    public static string PathOf(string token) => $"/share/{token}";

    protected override async Task OnInitializedAsync()
    {
        var headers = Context.Response.Headers;
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";
        lead = await leads.OpenAsync(Token, Context.RequestAborted);
        if (lead is not null)
            return;
        Context.Response.StatusCode = StatusCodes.Status404NotFound;
        // This page has its own words for it.
        if (Context.Features.Get<IStatusCodePagesFeature>() is { } words)
            words.Enabled = false;
    }

    /// <summary>On the company's clock, which is named: without a script the reader's is not known.</summary>
    private string When(DateTime utc)
    {
        var zone = lead!.Zone;
        return string.Create(CultureInfo.CurrentCulture, $"{TimeZoneInfo.ConvertTimeFromUtc(utc, zone):g} ({zone.Id})");
    }
}
