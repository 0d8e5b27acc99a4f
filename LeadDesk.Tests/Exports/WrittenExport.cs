using System.IO.Pipelines;
using LeadDesk.Exports;

namespace LeadDesk.Tests.Exports;

/// <summary>What a writer makes of some rows.</summary>
internal static class WrittenExport
{
    public static async Task<byte[]> OfAsync(Func<PipeWriter, IExportWriter> create, IReadOnlyList<string> headers, params ExportCell[][] rows)
    {
        using var file = new MemoryStream();
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await using (var writer = create(pipe))
        {
            writer.Begin([.. headers.Select(header => new ExportHeader(header.ToLowerInvariant(), header, 10))]);
            foreach (var row in rows)
            {
                writer.Write(row);
                await writer.FlushAsync(TestContext.Current.CancellationToken);
            }

            await writer.EndAsync(TestContext.Current.CancellationToken);
        }

        await pipe.CompleteAsync();
        return file.ToArray();
    }
}
