using System.Text.RegularExpressions;

namespace LeadDesk.Jobs;

/// <summary>What is kept of the exception that ended an attempt.</summary>
internal static partial class JobError
{
    private const int MaximumLength = 500;

    /// <summary>
    /// Its kind and message in at most 500 characters. Messages of parsers and servers quote what they were given, so
    /// anything like an e-mail address or a phone number is left out.
    /// </summary>
    public static string Describe(Exception exception)
    {
        // What is wrapped says more than the wrapping.
        var cause = exception is AggregateException or Microsoft.EntityFrameworkCore.DbUpdateException ? exception.InnerException ?? exception : exception;
        var text = $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}";
        text = PhoneLike().Replace(EmailLike().Replace(text, "[e-mail]"), "[number]");
        return text.Length <= MaximumLength ? text : text[..MaximumLength];
    }

    [GeneratedRegex(@"[^\s""'<>@]+@[^\s""'<>@]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailLike();

    /// <summary>Seven or more digits, also with spaces, dots, dashes or brackets between them.</summary>
    [GeneratedRegex(@"\+?\d(?:[ .()\-]?\d){6,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhoneLike();
}
