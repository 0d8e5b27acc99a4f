using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// The texts that cells of a workbook name by number. Workbooks of a million rows have as many: what goes beyond a few megabytes is
/// kept in a temporary file.
/// </summary>
internal sealed class SharedTexts : IDisposable
{
    private const int InMemory = 16 << 20;
    private const int Remembered = 4096;

    private readonly MemoryStream memory = new();
    private readonly List<long> ends = [];
    private readonly (int Index, string Text)[] recent = new (int, string)[Remembered];
    private FileStream? file;
    private long length;

    public int Count => ends.Count;

    public void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (file is null && length + bytes.Length > InMemory)
        {
            file = TemporaryFiles.Create();
            memory.WriteTo(file);
            memory.SetLength(0);
            memory.Capacity = 0;
        }

        if (file is null)
            memory.Write(bytes);
        else
            file.Write(bytes);
        ends.Add(length += bytes.Length);
    }

    /// <summary>Call once after the last text.</summary>
    public void Complete() => file?.Flush();

    public string Get(int index)
    {
        ref var slot = ref recent[index % Remembered];
        if (slot.Text is not null && slot.Index == index)
            return slot.Text;
        var start = index is 0 ? 0 : ends[index - 1];
        var size = (int)(ends[index] - start);
        string text;
        if (size is 0)
        {
            text = "";
        }
        else if (file is null)
        {
            text = Encoding.UTF8.GetString(memory.GetBuffer(), (int)start, size);
        }
        else
        {
            var bytes = size <= 1024 ? stackalloc byte[size] : new byte[size];
            for (var read = 0; read < size;)
                read += RandomAccess.Read(file.SafeFileHandle, bytes[read..], start + read);
            text = Encoding.UTF8.GetString(bytes);
        }

        slot = (index, text);
        return text;
    }

    public void Dispose()
    {
        file?.Dispose();
        memory.Dispose();
    }
}
