using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms;

public enum FormPlatform
{
    /// <summary>A form or connector that has no shape of its own.</summary>
    Other,
    ContactForm7,
    GravityForms,
    Elementor,
    WPForms,
    Typeform,
    Tally,
    GoogleAds,
    LinkedIn,
    TikTok,
}

/// <summary>What somebody sent with a form, read but not yet placed.</summary>
public sealed record FormSubmission
{
    public required FormPlatform Platform { get; init; }

    public IReadOnlyList<FormAnswer> Answers { get; init; } = [];

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    /// <summary>The platform's id of the submission, by which its repeats are told; null where there is none to rely on.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>UTC, by the sender's word.</summary>
    public DateTime? OccurredAt { get; init; }

    public bool IsTest { get; init; }

    public string? FormName { get; init; }

    /// <summary>Where it came from, by metadata name: <c>campaign_id</c>, <c>gclid</c>, <c>page_url</c>, <c>form_name</c>, …</summary>
    public IReadOnlyDictionary<string, string> Attribution { get; init; } = IncomingLead.EmptyMetadata;

    /// <summary>The platform gave only this id; the answers must be asked for.</summary>
    public string? FetchId { get; init; }

    /// <summary>The person took the submission back: what it gave must go.</summary>
    public bool Deleted { get; init; }

    /// <summary>Why it is no lead though it was understood: a robot, a platform's own spam box. Null: it is one.</summary>
    public string? Ignored { get; init; }

    /// <summary>Google's <c>google_key</c>, the only proof it gives.</summary>
    public string? GoogleKey { get; init; }

    /// <summary>Our hosted form's sealed time of loading; see <see cref="FormStamp"/>.</summary>
    public string? Stamp { get; init; }

    /// <summary>Sent by a browser from a form that LeadDesk made: the hosted one, or the one to paste.</summary>
    public bool IsOurForm { get; init; }

    /// <summary>The word of <see cref="IncomingLead.Channel"/>.</summary>
    public string Channel => Platform switch
    {
        FormPlatform.GoogleAds => "google",
        FormPlatform.LinkedIn => "linkedin",
        FormPlatform.TikTok => "tiktok",
        _ => "website",
    };
}

/// <summary>One submission of a body, with the part of the body it was read from: the same code reads it again.</summary>
public sealed record FormPart(FormSubmission Submission, byte[] Raw, string? ContentType);
