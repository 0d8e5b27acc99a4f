using System.Diagnostics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Shell;

public sealed partial class ErrorPage
{
    /// <summary>HTTP status of the failed request; 500 after an exception.</summary>
    [Parameter] public int? Code { get; set; }

    [CascadingParameter] private HttpContext Context { get; set; } = null!;

    private int Shown => Code ?? StatusCodes.Status500InternalServerError;

    private string Trace => Activity.Current?.TraceId.ToString() ?? Context.TraceIdentifier;

    private string Title => Shown switch
    {
        StatusCodes.Status400BadRequest => T["This form is too old"],
        StatusCodes.Status401Unauthorized => T["You are not signed in"],
        StatusCodes.Status405MethodNotAllowed => T["This address cannot be opened this way"],
        StatusCodes.Status429TooManyRequests => T["Too many tries in a short time"],
        StatusCodes.Status503ServiceUnavailable => T["LeadDesk is busy for a moment"],
        _ => T["Something went wrong on our side"],
    };

    private string Text => Shown switch
    {
        StatusCodes.Status400BadRequest => T["Nothing was changed. Go back, reload the page and send it again."],
        StatusCodes.Status401Unauthorized => T["Sign in and open the page again."],
        StatusCodes.Status405MethodNotAllowed => T["Start from the dashboard instead."],
        StatusCodes.Status429TooManyRequests => T["Wait a minute, then try again."],
        StatusCodes.Status503ServiceUnavailable => T["Nothing is lost. Try again in a few seconds."],
        _ => T["What you saved is safe. Try again; the failure has been recorded."],
    };
}
