using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Intake.Forms;

/// <summary>A submission as the inbound door stores it.</summary>
public static class FormUnits
{
    private const int LongestKey = 150;
    private const int LongestContentType = 300;

    /// <summary>
    /// Repeats are told by the platform's id of the submission. Where there is none, the same answers on the same day are one
    /// submission: a double click, or a plug-in that tries again.
    /// </summary>
    public static InboundUnit Of(FormSource source, FormPart part, DateTime now)
    {
        var id = part.Submission.RepeatKey;
        return new InboundUnit(InboundSources.Form, RepeatKey(source.Id, id ?? string.Create(CultureInfo.InvariantCulture, $"{Hash(part.Submission)}:{now:yyyyMMdd}")), part.Raw)
        {
            Origin = Origin(source.Id),
            ExternalId = id is { Length: <= LongestKey } ? id : null,
            // A longer one is nonsense; the reader then goes by the body itself.
            ContentType = part.ContentType is { Length: <= LongestContentType } type ? type : null,
            OccurredAt = part.Submission.OccurredAt,
        };
    }

    /// <summary>Two sites may number their submissions alike.</summary>
    public static string RepeatKey(long sourceId, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{sourceId}:{(id.Length <= LongestKey ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))))}");

    public static string Origin(long sourceId) => sourceId.ToString(CultureInfo.InvariantCulture);

    private static string Hash(FormSubmission submission)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var answer in submission.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            Append(answer.Key);
            foreach (var value in answer.Values)
                Append(value);
        }

        Append(submission.Stamp ?? "");
        Append(submission.Ignored ?? "");
        foreach (var file in submission.Files)
        {
            Append(file.Name);
            hash.AppendData(file.Content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        void Append(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0xFF]); // In no UTF-8 text.
        }
    }
}
