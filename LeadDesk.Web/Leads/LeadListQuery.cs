using System.ComponentModel;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Leads;

/// <summary>The query of <c>GET /api/v1/leads</c>. All are texts, so that each wrong one is named in one answer.</summary>
internal sealed record LeadListQuery
{
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

    [FromQuery(Name = "sort"), Description("created (default), score, name, activity, or response: those that wait, by the end of the response goal.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "order"), Description("asc or desc; desc by default, asc for name and response.")]
    public string? Order { get; init; }

    /// <summary>The words that choose leads, from somewhere else than an address: the body of a change of many.</summary>
    /// <param name="words">Read once each.</param>
    public static LeadListQuery Choosing(Func<string, string?> words) => new()
    {
        Quality = words("quality"),
        Channel = words("channel"),
        Status = words("status"),
        Owner = words("owner"),
        Intent = words("intent"),
        Waiting = words("waiting"),
        Overdue = words("overdue"),
        CreatedFrom = words("created_from"),
        CreatedBefore = words("created_before"),
        Search = words("search"),
    };

    /// <returns>Refused with every wrong word and what is allowed.</returns>
    public Outcome<LeadListRequest> Read(CurrentUser user, CompanyRules company, DateTime now)
    {
        var words = new QueryWords();
        var sort = words.Word("sort", Sort, LeadSort.Created);
        var filter = new LeadFilter
        {
            Grade = words.Grade("quality", Quality),
            Channel = words.Text("channel", Channel)?.ToLowerInvariant(),
            StageId = words.Stage("status", Status, company),
            Intent = string.IsNullOrEmpty(Intent) ? null : words.Word("intent", Intent, LeadDesk.Analysis.Intent.Other),
            Owner = words.Owner("owner", Owner, user),
            Waiting = words.Flag("waiting", Waiting),
            OverdueAt = words.Flag("overdue", Overdue) ? now : null,
            CreatedFrom = words.Time("created_from", CreatedFrom),
            CreatedBefore = words.Time("created_before", CreatedBefore),
            Search = words.Text("search", Search),
            Sort = sort,
            Ascending = words.Ascending("order", Order, sort is LeadSort.Name or LeadSort.Response),
        };
        var limit = words.Limit(Limit);
        return words.Refusal is { } refusal ? refusal : new LeadListRequest(filter, Cursor, limit);
    }
}

internal sealed record LeadListRequest(LeadFilter Filter, string? Cursor, int Limit);
