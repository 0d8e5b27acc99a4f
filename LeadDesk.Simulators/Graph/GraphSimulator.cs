using System.Globalization;

namespace LeadDesk.Simulators.Graph;

/// <summary>
/// Meta's Graph API in memory, and the hand on its switches: what it holds, how it fails, what it was told. The addresses below
/// <c>/_control/graph</c> do the same over HTTP. Safe for concurrent use.
/// </summary>
public sealed class GraphSimulator
{
    public const string AppId = "550011223344";
    public const string DatasetId = "770011223344";
    public const string PhoneNumberId = "106540352242922";
    public const string DefaultAppSecret = "simulated-app-secret";
    public const string DefaultToken = "EAASIMULATEDPAGETOKEN0001";

    private const long FirstLeadId = 1_200_000_000_000_000;

    private readonly TimeProvider _time;
    private readonly GraphInbox _inbox = new();
    private long _nextNumber;

    public GraphSimulator(TimeProvider time)
    {
        _time = time;
        Behaviour = new GraphBehaviour(time);
        AddSamples();
    }

    /// <summary>Told of each new lead, on the thread that added it.</summary>
    public Action<SimulatedLead>? LeadAdded { get; set; }

    /// <summary>Everything pretended follows from this number.</summary>
    public ulong Seed { get; set; } = 1;

    public string AppSecret { get; set; } = DefaultAppSecret;

    /// <summary>Calls without <c>appsecret_proof</c> are refused. A wrong proof always is.</summary>
    public bool RequiresProof { get; set; }

    /// <summary>Leads older than this are listed no more; null: they stay.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>Greater limits are answered with "reduce the amount of data".</summary>
    public int MostPerPage { get; set; } = 500;

    /// <summary>Waited before every answer.</summary>
    public TimeSpan Latency { get => Behaviour.Latency; set => Behaviour.Latency = value; }

    public GraphUsage Usage { get => Behaviour.Usage; set => Behaviour.Usage = value; }

    /// <summary>The latest 10,000 calls, oldest first.</summary>
    public IReadOnlyList<GraphCall> Calls => Behaviour.Calls;

    public long CallCount => Behaviour.CallCount;

    public long FailedCallCount => Behaviour.FailedCount;

    /// <summary>The most calls that were under way at the same time.</summary>
    public int MostCallsAtOnce => Behaviour.MostRunning;

    public bool IsDown => Behaviour.IsDown;

    /// <summary>What the Conversions API was told, in order.</summary>
    public IReadOnlyList<ConversionEvent> Events => _inbox.Events;

    /// <summary>What was sent through WhatsApp, Messenger and Instagram, in order.</summary>
    public IReadOnlyList<SentMessage> SentMessages => _inbox.Messages;

    public IReadOnlyList<SimulatedForm> Forms => Store.Forms;

    public int LeadCount => Store.LeadCount;

    internal GraphStore Store { get; } = new();

    internal GraphBehaviour Behaviour { get; }

    internal GraphInbox Inbox => _inbox;

    internal DateTime Now => _time.GetUtcNow().UtcDateTime;

    public SimulatedPage AddPage(string id, string name, string token)
    {
        var page = new SimulatedPage { Id = id, Name = name };
        Store.Add(page);
        Store.Set(new SimulatedToken(token, id, SimulatedToken.AllScopes));
        return page;
    }

    public SimulatedForm AddForm(SimulatedForm form)
    {
        Store.Add(form);
        return form;
    }

    /// <summary>Adds a form with the questions of the sample quote form.</summary>
    public SimulatedForm AddForm(string id, string name, string pageId = SampleForms.PageId)
    {
        var sample = SampleForms.Quote(Now);
        return AddForm(new SimulatedForm { Id = id, PageId = pageId, Name = name, CreatedAt = Now, Questions = sample.Questions, Checkboxes = sample.Checkboxes });
    }

    /// <summary>Adds a token or changes what an old one may do.</summary>
    public void SetToken(SimulatedToken token) => Store.Set(token);

    /// <param name="createdAt">UTC; null: now.</param>
    public SimulatedLead AddLead(string formId = SampleForms.QuoteFormId, DateTime? createdAt = null)
    {
        var form = Store.Form(formId) ?? throw new ArgumentException($"There is no form {formId}.", nameof(formId));
        var number = Interlocked.Increment(ref _nextNumber) - 1;
        return AddLead(LeadGenerator.Make(Seed, number, LeadId(number), form, createdAt ?? Now));
    }

    /// <summary>Adds a lead exactly as it is.</summary>
    public SimulatedLead AddLead(SimulatedLead lead)
    {
        Store.Add(lead);
        LeadAdded?.Invoke(lead);
        return lead;
    }

    /// <summary>Adds a lead with the answers given.</summary>
    public SimulatedLead AddLeadWith(string formId, DateTime createdAt, params SimulatedAnswer[] answers) => AddLead(new SimulatedLead
    {
        Id = LeadId(Interlocked.Increment(ref _nextNumber) - 1),
        FormId = formId,
        CreatedAt = createdAt,
        Answers = answers,
    });

    /// <summary>Adds leads in even steps from one time up to, not including, another.</summary>
    public IReadOnlyList<SimulatedLead> AddLeads(string formId, int count, DateTime from, DateTime to) =>
        [.. Enumerable.Range(0, count).Select(index => AddLead(formId, from + ((to - from) * index / count)))];

    public SimulatedLead AddTestLead(string formId) => AddLead(new SimulatedLead
    {
        Id = LeadId(Interlocked.Increment(ref _nextNumber) - 1),
        FormId = formId,
        CreatedAt = Now,
        IsTest = true,
        IsOrganic = true,
    });

    public bool RemoveLead(string id) => Store.RemoveLead(id);

    /// <summary>Fails coming calls.</summary>
    /// <param name="fault">A name of <see cref="GraphFaults"/>.</param>
    /// <param name="times">How many calls fail.</param>
    /// <param name="after">How many calls pass before.</param>
    /// <param name="on">Only calls whose path contains this, such as <c>/leads</c> or a lead's id; null: all calls.</param>
    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public void FailNext(string fault, int times = 1, int after = 0, string? on = null) => FailNext(Named(fault), times, after, on);

    public void FailNext(GraphFault fault, int times = 1, int after = 0, string? on = null) => Behaviour.Plan(fault, times, after, on);

    /// <param name="howLong"><see cref="Timeout.InfiniteTimeSpan"/>: until <see cref="ComeBack"/>.</param>
    public void GoDown(TimeSpan howLong, string fault = "plain_text") => Behaviour.GoDown(howLong, Named(fault));

    /// <summary>Ends an outage and forgets faults in waiting.</summary>
    public void ComeBack() => Behaviour.ComeBack();

    public void AddMedia(SimulatedMedia media) => _inbox.Add(media);

    /// <summary>Adds somebody whose name can be looked up by a page-scoped or Instagram-scoped id.</summary>
    public void AddProfile(SimulatedProfile profile) => _inbox.Add(profile);

    /// <summary>Back to the sample page without leads.</summary>
    public void Reset()
    {
        Store.Clear();
        Behaviour.Reset();
        _inbox.Clear();
        Interlocked.Exchange(ref _nextNumber, 0);
        AppSecret = DefaultAppSecret;
        RequiresProof = false;
        Retention = null;
        AddSamples();
    }

    private static GraphFault Named(string fault) => GraphFaults.Find(fault) ?? throw new ArgumentException($"There is no fault called {fault}.", nameof(fault));

    /// <summary>Seven apart, so that a guessed neighbour is no lead.</summary>
    private static string LeadId(long number) => (FirstLeadId + (number * 7)).ToString(CultureInfo.InvariantCulture);

    private void AddSamples()
    {
        AddPage(SampleForms.PageId, SampleForms.PageName, DefaultToken);
        var created = Now.AddDays(-120);
        AddForm(SampleForms.Quote(created));
        AddForm(SampleForms.Visit(created.AddDays(30)));
    }
}
