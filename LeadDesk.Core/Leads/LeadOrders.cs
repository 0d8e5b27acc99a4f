using System.Globalization;
using LeadDesk.Data;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Makes the order that a list asks for.</summary>
internal static class LeadOrders
{
    /// <param name="backwards">From the last lead to the first, to find what stands before one.</param>
    public static async Task<LeadOrder> OfAsync(AppDbContext context, LeadFilter filter, bool backwards, CancellationToken cancellationToken)
    {
        var up = filter.Ascending;
        var name = $"{filter.Sort}{(filter.Sort is LeadSort.Custom ? filter.SortFieldId : null)}{(up ? "+" : "-")}";
        return filter.Sort switch
        {
            LeadSort.Score => new ColumnOrder<int>(name, lead => lead.Score, row => row.Score, Text, Number, null, up, backwards),
            LeadSort.Name => new ColumnOrder<string>(name, lead => lead.NameKey, row => row.NameKey, Text, Same, null, up, backwards),
            LeadSort.Activity => new ColumnOrder<DateTime>(name, lead => lead.LastActivityAt, row => row.LastActivityAt, Text, Time, null, up, backwards),
            LeadSort.Response => new ColumnOrder<DateTime>(name, lead => lead.ResponseDueAt, row => row.ResponseDueAt, Text, Time, null, up, backwards),
            LeadSort.FollowUp => new ColumnOrder<DateTime?>(name, lead => lead.NextFollowUpAt, row => row.NextFollowUpAt, Text, Time, lead => lead.NextFollowUpAt != null, up, backwards),
            LeadSort.Value => new ColumnOrder<long?>(name, lead => lead.Value, row => row.Value, Text, Number, lead => lead.Value != null, up, backwards),
            LeadSort.Stage => await ByStageAsync(context, name, up, backwards, cancellationToken),
            LeadSort.Owner => await ByOwnerAsync(context, name, up, backwards, cancellationToken),
            LeadSort.Grade => Groups(context, name, Enum.GetValues<Grade>().Select(grade => ($"{(int)grade}", (LeadTest)new ChosenTest("grade", [(long)grade]))), row => $"{(int)row.Grade}", up, backwards),
            LeadSort.Channel => await ByChannelAsync(context, name, up, backwards, cancellationToken),
            LeadSort.Email => ByContact(context, name, ContactKind.Email, up, backwards),
            LeadSort.Phone => ByContact(context, name, ContactKind.Phone, up, backwards),
            LeadSort.Organisation => ByFacet(context, name, LeadFacetKind.Organisation, up, backwards),
            LeadSort.JobTitle => ByFacet(context, name, LeadFacetKind.JobTitle, up, backwards),
            LeadSort.City => ByFacet(context, name, LeadFacetKind.City, up, backwards),
            LeadSort.Country => ByFacet(context, name, LeadFacetKind.Country, up, backwards),
            LeadSort.Interest => ByFacet(context, name, LeadFacetKind.Interest, up, backwards),
            LeadSort.Campaign => ByFacet(context, name, LeadFacetKind.Campaign, up, backwards),
            LeadSort.Source => ByFacet(context, name, LeadFacetKind.Source, up, backwards),
            LeadSort.Intent => ByFacet(context, name, LeadFacetKind.Intent, up, backwards),
            LeadSort.Urgency => ByFacet(context, name, LeadFacetKind.Urgency, up, backwards),
            LeadSort.Custom => await ByFieldAsync(context, name, filter.SortFieldId ?? 0, up, backwards, cancellationToken),
            _ => new ColumnOrder<DateTime>(name, lead => lead.CreatedAt, row => row.CreatedAt, Text, Time, null, up, backwards),
        };
    }

    private static async Task<LeadOrder> ByStageAsync(AppDbContext context, string name, bool up, bool backwards, CancellationToken cancellationToken)
    {
        var pipelines = await context.Pipelines.OrderBy(pipeline => pipeline.Position).Select(pipeline => pipeline.Id).ToListAsync(cancellationToken);
        var stages = await context.Stages.Select(stage => new { stage.Id, stage.PipelineId, stage.Position }).ToListAsync(cancellationToken);
        var groups = stages.OrderBy(stage => pipelines.IndexOf(stage.PipelineId)).ThenBy(stage => stage.Position).ThenBy(stage => stage.Id)
            .Select(stage => ($"{stage.Id}", (LeadTest)new ChosenTest("stage", [stage.Id])));
        return Groups(context, name, groups, row => $"{row.StageId}", up, backwards);
    }

    private static async Task<LeadOrder> ByOwnerAsync(AppDbContext context, string name, bool up, bool backwards, CancellationToken cancellationToken)
    {
        var people = await context.Users.Select(user => new { user.Id, user.Name }).ToListAsync(cancellationToken);
        var groups = people.OrderBy(user => Common.SearchText.SortKey(user.Name), StringComparer.Ordinal).ThenBy(user => user.Id)
            .Select(user => ($"{user.Id}", (LeadTest)new ChosenTest("owner", [user.Id])));
        // Nobody stands last in both directions.
        var ordered = up ? groups : groups.Reverse();
        return Groups(context, name, ordered.Append(("", new EmptyTest("owner"))), row => $"{row.OwnerId}", true, backwards);
    }

    private static async Task<LeadOrder> ByChannelAsync(AppDbContext context, string name, bool up, bool backwards, CancellationToken cancellationToken)
    {
        var channels = await context.LeadCounters.Where(counter => counter.Metric == CounterMetric.Channel && counter.OwnerId == 0).Select(counter => counter.Key).Distinct().ToListAsync(cancellationToken);
        channels.Sort(StringComparer.Ordinal);
        var groups = channels.Select(channel => (channel, (LeadTest)new ChannelTest([channel])));
        var ordered = up ? groups : groups.Reverse();
        // Trials are in no counter: a channel that only they have stands last.
        return Groups(context, name, ordered.Append(("", new NotTest(new ChannelTest(channels)))), row => channels.Contains(row.Channel) ? row.Channel : "", true, backwards);
    }

    private static GroupOrder Groups(AppDbContext context, string name, IEnumerable<(string Word, LeadTest Test)> groups, Func<LeadRow, string> groupOf, bool up, bool backwards) =>
        new(name, [.. up == backwards ? groups.Reverse() : groups], groupOf, context, backwards);

    private static SideOrder<string> ByFacet(AppDbContext context, string name, LeadFacetKind facet, bool up, bool backwards)
    {
        var number = (int)facet;
        return new SideOrder<string>(
            name,
            (reading, leads) => leads.Join(reading.LeadFacets.Where(row => row.Facet == number), lead => lead.Id, row => row.LeadId, (lead, row) => new SideKey<string> { Lead = lead, LeadId = row.LeadId, Key = row.Key }),
            (reading, leads) => leads.Where(lead => !reading.LeadFacets.Any(row => row.LeadId == lead.Id && row.Facet == number)),
            reading => reading.LeadFacets.Where(row => row.Facet == number).Select(row => new SideKey<string> { LeadId = row.LeadId, Key = row.Key }),
            context, Text, Same, up, backwards);
    }

    /// <summary>The table of addresses is sorted by them; of a lead with several its own counts.</summary>
    private static SideOrder<string> ByContact(AppDbContext context, string name, ContactKind kind, bool up, bool backwards) => kind is ContactKind.Email
        ? new SideOrder<string>(
            name,
            (reading, leads) => leads.Join(
                reading.LeadContacts.Where(row => row.Kind == kind), lead => new { lead.Id, Value = lead.Email }, row => new { Id = row.LeadId, Value = (string?)row.Value },
                (lead, row) => new SideKey<string> { Lead = lead, LeadId = row.LeadId, Key = row.Value }),
            (reading, leads) => leads.Where(lead => !reading.LeadContacts.Any(row => row.LeadId == lead.Id && row.Kind == kind && row.Value == lead.Email)),
            null, context, Text, Same, up, backwards)
        : new SideOrder<string>(
            name,
            (reading, leads) => leads.Join(
                reading.LeadContacts.Where(row => row.Kind == kind), lead => new { lead.Id, Value = lead.Phone }, row => new { Id = row.LeadId, Value = (string?)row.Value },
                (lead, row) => new SideKey<string> { Lead = lead, LeadId = row.LeadId, Key = row.Value }),
            (reading, leads) => leads.Where(lead => !reading.LeadContacts.Any(row => row.LeadId == lead.Id && row.Kind == kind && row.Value == lead.Phone)),
            null, context, Text, Same, up, backwards);

    /// <summary>By the first of several choices.</summary>
    private static async Task<LeadOrder> ByFieldAsync(AppDbContext context, string name, long fieldId, bool up, bool backwards, CancellationToken cancellationToken)
    {
        var type = await context.CustomFields.Where(field => field.Id == fieldId).Select(field => (CustomFieldType?)field.Type).FirstOrDefaultAsync(cancellationToken);
        Func<AppDbContext, IQueryable<Lead>, IQueryable<Lead>> without = (reading, leads) =>
            leads.Where(lead => !reading.CustomFieldValues.Any(row => row.LeadId == lead.Id && row.FieldId == fieldId && row.Position == 0));
        if (type is null or CustomFieldType.Text or CustomFieldType.Phone or CustomFieldType.Email or CustomFieldType.Link)
        {
            return new SideOrder<string>(
                name,
                (reading, leads) => leads.Join(
                    reading.CustomFieldValues.Where(row => row.FieldId == fieldId && row.Position == 0 && row.Key != null), lead => lead.Id, row => row.LeadId,
                    (lead, row) => new SideKey<string> { Lead = lead, LeadId = row.LeadId, Key = row.Key! }),
                without,
                reading => reading.CustomFieldValues.Where(row => row.FieldId == fieldId && row.Position == 0 && row.Key != null).Select(row => new SideKey<string> { LeadId = row.LeadId, Key = row.Key! }),
                context, Text, Same, up, backwards);
        }

        return new SideOrder<long>(
            name,
            (reading, leads) => leads.Join(
                reading.CustomFieldValues.Where(row => row.FieldId == fieldId && row.Position == 0 && row.Number != null), lead => lead.Id, row => row.LeadId,
                (lead, row) => new SideKey<long> { Lead = lead, LeadId = row.LeadId, Key = row.Number!.Value }),
            without,
            reading => reading.CustomFieldValues.Where(row => row.FieldId == fieldId && row.Position == 0 && row.Number != null).Select(row => new SideKey<long> { LeadId = row.LeadId, Key = row.Number!.Value }),
            context, Text, Number, up, backwards);
    }

    private static string Text<T>(T value) => value is DateTime time ? time.ToString("O", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static bool Same(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool Number(string text, out long? value)
    {
        value = Number(text, out long number) ? number : null;
        return value is not null;
    }

    private static bool Time(string text, out DateTime value) => DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out value);

    private static bool Time(string text, out DateTime? value)
    {
        value = Time(text, out DateTime time) ? time : null;
        return value is not null;
    }
}
