using LeadDesk.Analysis;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Filtering;

/// <param name="Ids">Leads among which all are that answer yes; some may come twice.</param>
/// <param name="Rank">Lower is asked first: what usually is rarer.</param>
/// <param name="Weight">How many rows of an index alone are read as quickly as one of these.</param>
internal sealed record IndexedTest(IQueryable<long> Ids, int Rank, int Weight = 1)
{
    /// <summary>Of what is compared with its text as well, and of SQLite's letters in threes, which are taken apart one by one.</summary>
    public const int WeightOfText = 20, WeightOfThrees = 3;

    /// <summary>What must be read for them, when that is more than they are.</summary>
    public IQueryable<long>? Range { get; init; }

    /// <summary>Whether they answer all that <see cref="LeadRanges.Hold(LeadTest)"/>.</summary>
    public bool IsAlong { get; init; }

    /// <summary>Whether this is about one of those.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>Which questions an index can answer.</summary>
internal static class LeadTestIndex
{
    private const string LastLetter = "\U0010FFFF";

    /// <summary>
    /// The conditions that the index of an order answers along the way: its own range, and for "newest first" one of those that
    /// have an index which goes on by date.
    /// </summary>
    public static IReadOnlyList<LeadTest> ServedBy(LeadSort sort, IReadOnlyList<LeadTest> tests) => sort switch
    {
        LeadSort.Created => [.. tests.Where(test => test is TimeTest { Field: "created" }), .. tests.Where(GoesOnByDate).OrderBy(RankOf).Take(1)],
        LeadSort.Activity => [.. tests.Where(test => test is TimeTest { Field: "last_activity" })],
        LeadSort.Score => [.. tests.Where(test => test is NumberTest { Field: "score" })],
        LeadSort.Value => [.. tests.Where(test => test is NumberTest { Field: "value" })],
        LeadSort.FollowUp => [.. tests.Where(test => test is TimeTest { Field: "follow_up" })],
        LeadSort.Stage or LeadSort.Owner or LeadSort.Grade or LeadSort.Channel => [.. tests.Where(test => test is TimeTest { Field: "created" })],
        LeadSort.Response => [.. tests.Where(test => test is WaitingTest or OverdueTest)],
        _ => [],
    };

    /// <returns>Null when only the lead itself can answer.</returns>
    public static IndexedTest? Ids(AppDbContext context, LeadTest test) => test switch
    {
        AnyTest any => Any(any.Parts.Select(part => Ids(context, part)).ToArray()),
        NotTest { Inner: NotTest { Inner: var inner } } => Ids(context, inner),
        NotTest { Inner: var inner } => Filled(context, inner),
        AllTests all => all.Parts.Select(part => Ids(context, part)).OfType<IndexedTest>().MinBy(part => part.Rank),
        VisibleTest visible => Ids(context, new AnyTest([visible.Owned, new HelperTest([visible.UserId])])),
        SearchTest search => LeadSearch.Indexed(context, search.Terms, 1),
        MessagesTest messages => Containing(context, messages.Value, orWaiting: false),
        TextTest text => Text(context, text),
        FacetKeysTest facet => Facets(context, facet.Facet, facet.Keys),
        ChosenTest { Field: "intent" } chosen => Facets(context, LeadFacetKind.Intent, [.. chosen.Ids.Select(id => LeadFacets.KeyOf((Intent)id))]),
        ChosenTest { Field: "urgency" } chosen => Facets(context, LeadFacetKind.Urgency, [.. chosen.Ids.Select(id => LeadFacets.KeyOf((Urgency)id))]),
        TagTest or HelperTest or ExportedTest or CustomRangeTest or CustomChosenTest or CustomTextTest => Elsewhere(context, test),
        _ when HasIndexOfLeads(test) => new(context.Leads.Where(context, test).Select(lead => lead.Id), RankOf(test)),
        _ => null,
    };

    /// <summary>What is not empty.</summary>
    private static IndexedTest? Filled(AppDbContext context, LeadTest test)
    {
        switch (test)
        {
            case EmptyTest { Field: "value" }:
                return new(context.Leads.Where(lead => lead.Value != null).Select(lead => lead.Id), 7);
            case EmptyTest { Field: "follow_up" }:
                return new(context.Leads.Where(lead => lead.NextFollowUpAt != null).Select(lead => lead.Id), 7);
            case EmptyTest { Field: "import" }:
                return new(context.Leads.Where(lead => lead.ImportId != null).Select(lead => lead.Id), 7);
            case EmptyTest { Field: var field } when LeadFacets.OfField(field) is { } facet:
                return FacetsFrom(context, facet, "");
            case CustomEmptyTest { FieldId: var custom }:
                return new(context.CustomFieldValues.Where(row => row.FieldId == custom && row.Number != null).Select(row => row.LeadId)
                    .Concat(context.CustomFieldValues.Where(row => row.FieldId == custom && row.Key != null).Select(row => row.LeadId)), 7);
            default:
                return null;
        }
    }

    private static bool HasIndexOfLeads(LeadTest test) => test is WaitingTest or OverdueTest or TimeTest or NumberTest
        or ChannelTest or ChosenTest { Field: "stage" or "owner" or "grade" or "import" } or EmptyTest { Field: "owner" };

    private static bool GoesOnByDate(LeadTest test) =>
        test is ChosenTest { Field: "stage" or "owner" or "grade", Ids.Count: 1 } or ChannelTest { Words.Count: 1 } or EmptyTest { Field: "owner" };

    private static int RankOf(LeadTest test) => test switch
    {
        ChosenTest { Field: "import" } => 2,
        ChosenTest { Field: "owner" } or EmptyTest => 4,
        ChosenTest { Field: "stage" } => 5,
        ChannelTest => 6,
        _ => 7,
    };

    private static IndexedTest? Any(IndexedTest?[] parts) => Array.TrueForAll(parts, part => part is not null)
        ? new(parts.Select(part => part!.Ids).Aggregate((left, right) => left.Concat(right)), parts.Max(part => part!.Rank), parts.Max(part => part!.Weight))
        : null;

    private static IndexedTest? Text(AppDbContext context, TextTest test)
    {
        if (test.Match is not TextMatch.Contains && LeadFacets.OfField(test.Field) is { } facet)
        {
            var key = LeadFacets.KeyOf(test.Value);
            return test.Match is TextMatch.Same ? Facets(context, facet, [key]) : FacetsFrom(context, facet, key);
        }

        return test.Field is "job_title" or "country" or "source" ? null : Containing(context, test.Value, orWaiting: true);
    }

    private static IndexedTest Facets(AppDbContext context, LeadFacetKind facet, IReadOnlyList<string> keys)
    {
        var number = (int)facet;
        var ids = keys is [var key]
            ? context.LeadFacets.Where(row => row.Facet == number && row.Key == key)
            : context.LeadFacets.Where(row => row.Facet == number && EF.Parameter(keys).Contains(row.Key));
        return OrWaiting(context, new IndexedTest(ids.Select(row => row.LeadId), 2));
    }

    private static IndexedTest FacetsFrom(AppDbContext context, LeadFacetKind facet, string start)
    {
        var (number, beyond) = ((int)facet, start + LastLetter);
#pragma warning disable CA1309 // The only comparison EF Core translates; both databases compare bytes.
        var ids = context.LeadFacets.Where(row => row.Facet == number && string.Compare(row.Key, start) >= 0 && string.Compare(row.Key, beyond) < 0);
#pragma warning restore CA1309
        return OrWaiting(context, new IndexedTest(ids.Select(row => row.LeadId), 3));
    }

    /// <summary>By letters in threes. Nothing shorter is indexed.</summary>
    private static IndexedTest? Containing(AppDbContext context, string piece, bool orWaiting)
    {
        if (piece.EnumerateRunes().Count() < LeadSearchTerms.IndexedLetters)
            return null;
        var indexed = LeadSearch.Indexed(context, new LeadSearchTerms([piece], null), 3);
        return orWaiting ? OrWaiting(context, indexed) : indexed;
    }

    /// <summary>What waits to be indexed, which is little, may answer yes as well.</summary>
    private static IndexedTest OrWaiting(AppDbContext context, IndexedTest indexed) =>
        indexed with { Ids = indexed.Ids.Concat(context.SearchQueue.Select(entry => entry.LeadId)), Range = indexed.Ids };

    private static IndexedTest? Elsewhere(AppDbContext context, LeadTest test)
    {
        switch (test)
        {
            case TagTest { Ids: [] }:
                return new(context.LeadTags.Select(row => row.LeadId), 7);
            case TagTest { Ids: [var tag] }:
                return new(context.LeadTags.Where(row => row.TagId == tag).Select(row => row.LeadId), 2);
            case TagTest { Ids: var tags }:
                return new(context.LeadTags.Where(row => EF.Parameter(tags).Contains(row.TagId)).Select(row => row.LeadId), 2);
            case HelperTest { Ids: [var helper] }:
                return new(context.LeadHelpers.Where(row => row.UserId == helper).Select(row => row.LeadId), 1);
            case HelperTest { Ids: [] }:
                return new(context.LeadHelpers.Select(row => row.LeadId), 3);
            case HelperTest { Ids: var helpers }:
                return new(context.LeadHelpers.Where(row => EF.Parameter(helpers).Contains(row.UserId)).Select(row => row.LeadId), 1);
            case ExportedTest:
                return new(context.ExportMarks.Select(row => row.LeadId), 8);
            case CustomChosenTest { FieldId: var field, Numbers: [var number] }:
                return new(context.CustomFieldValues.Where(row => row.FieldId == field && row.Number == number).Select(row => row.LeadId), 3);
            case CustomChosenTest { FieldId: var field, Numbers: var numbers }:
                return new(context.CustomFieldValues.Where(row => row.FieldId == field && EF.Parameter(numbers).Contains(row.Number!.Value)).Select(row => row.LeadId), 3);
            case CustomRangeTest { FieldId: var field, From: var from, To: var to }:
                var (lowest, highest) = (from ?? long.MinValue, to ?? long.MaxValue);
                return new(context.CustomFieldValues.Where(row => row.FieldId == field && row.Number >= lowest && row.Number <= highest).Select(row => row.LeadId), 3);
            case CustomTextTest { Match: not TextMatch.Contains } text:
                return new(CustomTexts(context, text).Select(row => row.LeadId), 2);
            default:
                return null;
        }
    }

    /// <summary>The key is the beginning of the folded text.</summary>
    private static IQueryable<CustomFieldValue> CustomTexts(AppDbContext context, CustomTextTest test)
    {
        const int SurelyInKey = 100;
        var (field, start) = (test.FieldId, test.Value.Length > SurelyInKey ? test.Value[..SurelyInKey] : test.Value);
        if (test.Match is TextMatch.Same && start == test.Value)
            return context.CustomFieldValues.Where(row => row.FieldId == field && row.Key == start);
        var beyond = start + LastLetter;
#pragma warning disable CA1309 // The only comparison EF Core translates; both databases compare bytes.
        return context.CustomFieldValues.Where(row => row.FieldId == field && string.Compare(row.Key, start) >= 0 && string.Compare(row.Key, beyond) < 0);
#pragma warning restore CA1309
    }
}
