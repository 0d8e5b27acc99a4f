using System.Buffers;

namespace LeadDesk.Web.MetaWebhooks;

/// <summary>Reads bodies whose size a sender could lie about.</summary>
internal static class BoundedBody
{
    /// <returns>The whole body; null when it is longer than <paramref name="most"/> bytes.</returns>
    public static async ValueTask<byte[]?> ReadAtMostAsync(this HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.Buffer.Length > most)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
