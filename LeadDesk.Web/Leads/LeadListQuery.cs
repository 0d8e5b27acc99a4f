using System.ComponentModel;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Leads;

/// <summary>The query of <c>GET /api/v1/leads</c>. All are texts, so that each wrong one is named in one answer.</summary>
internal sealed record LeadListQuery
{
    /// <summary>What is read here, and what an export adds.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "limit", "cursor", "quality", "channel", "status", "owner", "intent", "waiting", "overdue", "created_from", "created_before", "search", "filter", "sort", "order",
        "format", "columns", "bom", "separator",
    };

    /// <summary>Those of <see cref="Known"/> that do not choose leads.</summary>
    private static readonly string[] Arranging = ["limit", "cursor", "sort", "order", "format", "columns", "bom", "separator"];

    [FromQuery(Name = "limit"), Description("1 to 500; 100 by default.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The next_cursor of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "quality"), Description("HOT, WARM or COLD.")]
    public string? Quality { get; init; }

    [FromQuery(Name = "channel"), Description("A channel's word, such as whatsapp.")]
    public string? Channel { get; init; }

    [FromQuery(Name = "status"), Description("A stage's name or id.")]
    public string? Status { get; init; }

    [FromQuery(Name = "owner"), Description("A user's id, me, or none.")]
    public string? Owner { get; init; }

    [FromQuery(Name = "intent"), Description("buy, question, support, complaint, partnership, job, spam or other.")]
    public string? Intent { get; init; }

    [FromQuery(Name = "waiting"), Description("true: open and nobody has answered yet.")]
    public string? Waiting { get; init; }

    [FromQuery(Name = "overdue"), Description("true: waiting, and the response goal has passed.")]
    public string? Overdue { get; init; }

    [FromQuery(Name = "created_from"), Description("ISO 8601, UTC unless it says otherwise; inclusive.")]
    public string? CreatedFrom { get; init; }

    [FromQuery(Name = "created_before"), Description("ISO 8601, UTC unless it says otherwise; exclusive.")]
    public string? CreatedBefore { get; init; }

    [FromQuery(Name = "search"), Description("Parts of name, phone, e-mail, organisation or messages.")]
    public string? Search { get; init; }

    [FromQuery(Name = "filter"), Description("Conditions over every field: score>=60 and (city contains \"Izmir\" or tag is \"VIP\") and created in last 7 days. A single field may also stand as a parameter of its own: city=Izmir, tag=VIP, cf.budget=500.")]
    public string? Filter { get; init; }

    [FromQuery(Name = "sort"), Description("created (default), score, name, activity, follow_up, value, stage, owner, any other field of a lead, cf. and the key of a custom field, or response: those that wait, by the end of the response goal.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "order"), Description("asc or desc; desc by default for dates, numbers and grades, asc for everything else.")]
    public string? Order { get; init; }

    /// <summary>The leads that a query's words choose, from somewhere else than an address: the body of a change of many.</summary>
    /// <returns>Refused also where a word only arranges a list.</returns>
    public static Outcome<LeadFilter> Choose(IQueryCollection query, FilterScope scope)
    {
        if (query.Keys.FirstOrDefault(word => Arranging.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } arranging)
            return Refusal.Invalid(arranging, "Leads are not chosen by this word.");
        string? Word(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
        var read = new LeadListQuery
        {
            Quality = Word("quality"),
            Channel = Word("channel"),
            Status = Word("status"),
            Owner = Word("owner"),
            Intent = Word("intent"),
            Waiting = Word("waiting"),
            Overdue = Word("overdue"),
            CreatedFrom = Word("created_from"),
            CreatedBefore = Word("created_before"),
            Search = Word("search"),
            Filter = Word("filter"),
        }.Read(query, scope);
        return read.Succeeded ? read.Value.Filter : read.Refusal;
    }

    /// <param name="query">The whole query: fields of a lead may stand in it by their words.</param>
    /// <returns>Refused with every wrong word and what is allowed.</returns>
    public Outcome<LeadListRequest> Read(IQueryCollection query, FilterScope scope)
    {
        var words = new QueryWords();
        var (sort, field) = words.Sort("sort", Sort, scope.Company);
        var filter = new LeadFilter
        {
            Grade = words.Grade("quality", Quality),
            Channel = words.Text("channel", Channel)?.ToLowerInvariant(),
            StageId = words.Stage("status", Status, scope.Company),
            Intent = string.IsNullOrEmpty(Intent) ? null : words.Word("intent", Intent, LeadDesk.Analysis.Intent.Other),
            Owner = words.Owner("owner", Owner, scope.User),
            Waiting = words.Flag("waiting", Waiting),
            OverdueAt = words.Flag("overdue", Overdue) ? scope.Now : null,
            CreatedFrom = words.Time("created_from", CreatedFrom),
            CreatedBefore = words.Time("created_before", CreatedBefore),
            Search = words.Text("search", Search),
            Where = words.Where(Filter, query.Where(parameter => !Known.Contains(parameter.Key)), scope),
            Sort = sort,
            SortFieldId = field,
            Ascending = words.Ascending("order", Order, LeadSortWords.RisesAtFirst(sort)),
        };
        var limit = words.Limit(Limit);
        return words.Refusal is { } refusal ? refusal : new LeadListRequest(filter, Cursor, limit);
    }
}

internal sealed record LeadListRequest(LeadFilter Filter, string? Cursor, int Limit);
