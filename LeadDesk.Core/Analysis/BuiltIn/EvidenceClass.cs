namespace LeadDesk.Analysis.BuiltIn;

/// <summary>What a word or phrase of the lexicon says about the message. The names are those of the lexicon files, in any case.</summary>
internal enum EvidenceClass
{
    /// <summary>A common word: says only which language is written, and is never taken for a misspelling.</summary>
    Lang,

    // Intent
    Buy,
    Want,
    Item,
    Price,
    Avail,
    Question,
    Support,
    Complaint,
    Partner,
    Job,
    Spam,
    Greet,
    Thanks,
    OptOut,
    Decline,
    Past,
    Not,

    // Urgency
    Urgent,
    Calm,

    // Sentiment
    Positive,
    Negative,

    // Category
    Delivery,
    Appointment,
    Billing,
    Technical,
    Account,
    Feedback,

    // Facts
    Number,
    Scale,
    Unit,
    Measure,
    Currency,
    Budget,
    Date,
    Month,
    DateMod,
    City,
    PlaceWord,
    Of,
    Stop,

    // Form
    Asks,
    But,

    // Orders to software
    Inject,
    InjectVerb,
    InjectNoun,

    Count,
}

internal static class EvidenceGroups
{
    /// <summary>Within one group a longer phrase hides the shorter ones it covers ("not urgent" hides "urgent"); 0 is never hidden.</summary>
    public static int Of(EvidenceClass evidence) => evidence switch
    {
        EvidenceClass.Lang => 0,
        <= EvidenceClass.Not => 1,
        <= EvidenceClass.Calm => 2,
        <= EvidenceClass.Negative => 3,
        <= EvidenceClass.Feedback => 4,
        EvidenceClass.Date => 6,
        EvidenceClass.Inject or EvidenceClass.InjectVerb or EvidenceClass.InjectNoun => 5,
        _ => 0,
    };
}
