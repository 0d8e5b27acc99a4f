using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Email.FormMails;

/// <summary>
/// Text of labels and answers, as form plug-ins write it. Contact Form 7 by default:
/// <code>
/// From: Ayşe Yılmaz ayse@example.com
/// Subject: Prices
///
/// Message Body:
/// Hello,
/// how much is it?
///
/// --
/// This is a notification that a contact form was submitted on your website (Acme https://acme.example).
/// </code>
/// </summary>
/// <param name="Rest">What stands beside the answers, after the first label.</param>
/// <param name="Introduction">Lines with words before the first label.</param>
internal sealed record LabelledLines(IReadOnlyList<FormAnswer> Answers, string Rest, int Introduction)
{
    private const int MostLines = 3_000;

    public static LabelledLines Read(string text)
    {
        var reading = new Reading();
        foreach (var line in WithoutFooter(text.Split('\n', MostLines)))
            reading.Add(line.TrimEnd('\r', ' ', '\t'));
        return reading.Done();
    }

    /// <summary>What the plug-in signs with: after the last "-- ", or a last paragraph that names the form and the site.</summary>
    private static ReadOnlySpan<string> WithoutFooter(string[] lines)
    {
        var end = lines.AsSpan();
        int signature = Array.FindLastIndex(lines, line => line.TrimEnd() is "--");
        if (signature > 0 && lines.Length - signature <= 8)
            end = end[..signature];
        while (end.Length > 0 && string.IsNullOrWhiteSpace(end[^1]))
            end = end[..^1];
        bool names = end.Length > 1 && end[^1].Contains("://", StringComparison.Ordinal) && FormLabels.Read(end[^1]) is null
            && (end[^1].Contains("contact form", StringComparison.OrdinalIgnoreCase) || end[^1].Contains("website", StringComparison.OrdinalIgnoreCase));
        return names ? end[..^1] : end;
    }

    /// <summary>An answer that is still being read.</summary>
    private sealed class Open(string label, string value, LeadField? field)
    {
        public string Label { get; } = label;

        public LeadField? Field { get; } = field;

        /// <summary>The label had its line to itself: then the answer may hold lines that look like labels.</summary>
        public bool IsBlock { get; } = value.Length is 0;

        public List<string> Lines { get; } = value.Length > 0 ? [value] : [];

        public bool Ended { get; set; }
    }

    private sealed class Reading
    {
        private readonly List<FormAnswer> answers = [];
        private readonly List<FormAnswer> inside = [];
        private readonly List<string> rest = [];
        private Open? open;
        private int introduction;

        public void Add(string line)
        {
            var label = FormLabels.Read(line);
            if (label is { } found && Starts(found) is { } field)
            {
                Close();
                open = new Open(found.Label, found.Value, field.Field);
            }
            else if (open is null)
            {
                introduction += string.IsNullOrWhiteSpace(line) ? 0 : 1;
            }
            else
            {
                GoOn(open, line);
            }
        }

        public LabelledLines Done()
        {
            Close();
            var known = answers.Select(answer => answer.Hint ?? FormLabels.Named(answer.Key)).ToHashSet();
            answers.AddRange(inside.Where(answer => known.Add(answer.Hint)));
            return new(answers, string.Join('\n', rest).Trim(), introduction);
        }

        /// <summary>Null when the line belongs to the message that is being read.</summary>
        private Started? Starts(LabelledLine line)
        {
            var field = FormLabels.Named(line.Label);
            if (open is not { Field: LeadField.Message })
                return new(FormLabels.IsFrom(line.Label) ? LeadField.Custom : field);
            if (field is null or LeadField.Message)
                return null;
            if (!open.IsBlock || line.Value.Length is 0)
                return new(field);
            // People write their number under their words. It stays there, and is theirs all the same.
            if (field is LeadField.Phone && FieldContent.HasPhoneDigits(line.Value) || field is LeadField.Email && FieldContent.IsEmail(line.Value))
                inside.Add(new FormAnswer(line.Label, line.Label, [line.Value], field));
            return null;
        }

        private void GoOn(Open current, string line)
        {
            bool blank = string.IsNullOrWhiteSpace(line);
            if (current.Field is LeadField.Message)
            {
                current.Lines.Add(line);
            }
            else if (IsRule(line) || (blank && current.Lines.Count > 0))
            {
                current.Ended = true;
            }
            else if (!blank)
            {
                (current.Ended ? rest : current.Lines).Add(line.Trim());
            }
        }

        private void Close()
        {
            if (open is not { } done)
                return;
            open = null;
            while (done.Lines.Count > 0 && (string.IsNullOrWhiteSpace(done.Lines[^1]) || IsRule(done.Lines[^1])))
                done.Lines.RemoveAt(done.Lines.Count - 1);
            var value = string.Join('\n', done.Lines).Trim();
            if (FormLabels.IsFrom(done.Label) && Person(value) is { } person)
            {
                answers.Add(new FormAnswer(done.Label + "-email", done.Label, [person.Address], LeadField.Email));
                if (person.Name is { } name)
                    answers.Add(new FormAnswer(done.Label + "-name", done.Label, [name], LeadField.Name));
                return;
            }

            var hint = done.Field is LeadField.Message && value.Length > 0 ? LeadField.Message : (LeadField?)null;
            answers.Add(new FormAnswer(done.Label, done.Label, value.Length > 0 ? [value] : [], hint));
        }

        /// <summary>The visitor typed the name, so commas and brackets in it mean nothing: what stands last is the address.</summary>
        private static MailPerson? Person(string value)
        {
            var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is 0 || !FieldContent.IsEmail(words[^1]))
                return null;
            var name = string.Join(' ', words[..^1]).Trim('"', ' ');
            return new MailPerson(name.Length > 0 ? name : null, words[^1].Trim('<', '>'));
        }

        private static bool IsRule(string line) => line.Length >= 3 && line.AsSpan().Trim().TrimStart("-_=*").IsEmpty && line.Trim().Length >= 3;

        private readonly record struct Started(LeadField? Field);
    }
}
