using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Graph;

/// <summary>Makes leads by number. The same seed and number is the same lead.</summary>
internal static class LeadGenerator
{
    /// <summary>The campaigns ads belong to.</summary>
    public static IReadOnlyList<(string Campaign, string AdSet, string Ad)> Campaigns { get; } =
    [
        ("Autumn offices | TR+EU", "Founders 25-45", "Video: a day at the desk"),
        ("Retargeting – visitors", "Seen price list", "Carousel chairs v2"),
        ("Kış kampanyası ❄", "İstanbul + İzmir", "Kaydırmalı – masa & sandalye"),
    ];

    public static SimulatedLead Make(ulong seed, long number, string id, SimulatedForm form, DateTime createdAt)
    {
        var dice = new Dice(seed + 1, (ulong)number);
        return new SimulatedLead
        {
            Id = id,
            FormId = form.Id,
            CreatedAt = createdAt,
            Number = number,
            IsOrganic = dice.OneIn(6),
            Platform = dice.OneIn(3) ? "ig" : "fb",
            Campaign = dice.Roll(Campaigns.Count),
        };
    }

    public static IEnumerable<SimulatedAnswer> AnswersOf(ulong seed, SimulatedLead lead, SimulatedForm form)
    {
        if (lead.Answers is { } given) return given;
        if (lead.IsTest) return form.Questions.Select(TestAnswer);
        var person = PretendPeople.Get(seed, lead.Number);
        return form.Questions.Select((question, index) => new SimulatedAnswer(question.Key, Answer(person, question, new Dice(seed + 2 + (ulong)index, (ulong)lead.Number))));
    }

    public static IEnumerable<SimulatedConsent> ConsentsOf(ulong seed, SimulatedLead lead, SimulatedForm form)
    {
        if (lead.Consents is { } given) return given;
        return form.Checkboxes.Select((box, index) => new SimulatedConsent(box.Key, box.IsRequired || !new Dice(seed + 100 + (ulong)index, (ulong)lead.Number).OneIn(3)));
    }

    private static SimulatedAnswer TestAnswer(SimulatedQuestion question) => new(question.Key, question.Kind == "EMAIL"
        ? ["test@meta.com"]
        : [question.Options.Count > 0 ? question.Options[0] : $"<test lead: dummy data for {question.Key}>"]);

    private static string[] Answer(PretendPerson person, SimulatedQuestion question, Dice dice)
    {
        switch (question.Kind)
        {
            case "FULL_NAME": return [person.FullName];
            case "FIRST_NAME": return [person.FirstName];
            case "LAST_NAME": return [person.LastName];
            // Some people leave it empty, as far as the form lets them.
            case "PHONE": return dice.OneIn(40) ? [] : [dice.OneIn(12) ? Spaced(person.Phone) : person.Phone];
            case "EMAIL": return [dice.OneIn(10) ? person.Email.ToUpperInvariant() : person.Email];
            case "CITY": return [person.City];
            case "COMPANY_NAME": return [$"{person.LastName} & Co"];
        }

        if (question.Options.Count == 0) return dice.OneIn(5) ? [""] : [person.Message];
        if (!question.IsMultiSelect) return [dice.Pick(question.Options)];
        var chosen = question.Options.Where(_ => dice.OneIn(2)).ToArray();
        return chosen.Length > 0 ? chosen : [question.Options[0]];
    }

    /// <summary><c>+90 53 25 12 34 56</c>: what a keyboard's autofill leaves.</summary>
    private static string Spaced(string phone) => string.Join(' ', [phone[..3], .. phone[3..].Chunk(2).Select(pair => new string(pair))]);
}
