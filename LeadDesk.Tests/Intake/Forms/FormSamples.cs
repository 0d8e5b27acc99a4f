using System.Text;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Forms;

internal static class FormSamples
{
    public static FormSubmission Read(byte[] body, string? contentType) => FormReader.Read(body, contentType).Value.ShouldHaveSingleItem().Submission;

    public static FormSubmission Read(string body, string? contentType = "application/json") => Read(Encoding.UTF8.GetBytes(body), contentType);

    public static Dictionary<string, string> One(string body, string? contentType) => Answers(Read(body, contentType));

    public static Dictionary<string, string> Answers(FormSubmission submission) => submission.Answers.ToDictionary(answer => answer.Key, answer => string.Join('|', answer.Values));

    public static MappedLead Lead(FormSubmission submission) => LeadMapper.Map(submission.Answers, FieldMapping.Guessed);

    /// <summary>With the boundary <c>xYz</c>.</summary>
    public static byte[] Multipart(params (string Name, string? FileName, string? ContentType, string Content)[] parts)
    {
        var body = new StringBuilder("preamble\r\n");
        foreach (var (name, fileName, contentType, content) in parts)
        {
            body.Append("--xYz\r\nContent-Disposition: form-data; name=\"").Append(name).Append('"');
            if (fileName is not null)
                body.Append("; filename=\"").Append(fileName).Append('"');
            body.Append("\r\n");
            if (contentType is not null)
                body.Append("Content-Type: ").Append(contentType).Append("\r\n");
            body.Append("\r\n").Append(content).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(body.Append("--xYz--\r\n").ToString());
    }
}
