using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Architecture;

/// <summary>ARCHITECTURE.md, rule 2: who in Core may know whom.</summary>
public sealed class FeatureLayersTests
{
    private const string RootNamespace = "LeadDesk";

    /// <summary>Each line may use the lines above it. Within a line only the foundation may use one another.</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Layers =
    [
        ["Common"],
        Foundation,
        ["Leads"],
        ["Analysis", "Scoring", "Assignment", "FollowUps", "Tickets", "Sharing"],
        ["Notifications"],
        ["Intake", "Messaging", "Webhooks", "Exports", "Reports", "Erp"],
        ["Demo"],
    ];

    /// <summary>
    /// Pure rules over plain values, in the order a message passes through them: each may read the answer of those before it,
    /// and everybody else may call any, because they ask nobody.
    /// </summary>
    private static readonly IReadOnlyList<string> PureRules = ["Analysis", "Scoring", "Assignment"];

    /// <summary>Types that look upwards ("Namespace.Type uses Namespace.Type"), each with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["LeadDesk.Access.SetupService uses LeadDesk.Leads.Stage"] = "A new company gets its stages with it.",
        ["LeadDesk.Companies.CompanyDirectory uses LeadDesk.Leads.Stage"] = "The stages are part of a company's rules.",
        ["LeadDesk.Companies.CompanyRules uses LeadDesk.Leads.Stage"] = "The stages are part of a company's rules.",
        ["LeadDesk.Access.SetupService uses LeadDesk.Leads.LostReason"] = "A new company gets its reasons with it.",
        ["LeadDesk.Companies.CompanyDirectory uses LeadDesk.Leads.CustomField"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyDirectory uses LeadDesk.Leads.LostReason"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyDirectory uses LeadDesk.Leads.Pipeline"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyDirectory uses LeadDesk.Leads.Tag"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyRules uses LeadDesk.Leads.CustomField"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyRules uses LeadDesk.Leads.LostReason"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyRules uses LeadDesk.Leads.Pipeline"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Companies.CompanyRules uses LeadDesk.Leads.Tag"] = "What a company sets up for its leads is part of its rules.",
        ["LeadDesk.Leads.Bulk.BulkJson uses LeadDesk.FollowUps.FollowUpKind"] = "Follow-ups are set for many leads at once, by the rules of one.",
        ["LeadDesk.Leads.Bulk.BulkRequest uses LeadDesk.FollowUps.FollowUpKind"] = "Follow-ups are set for many leads at once, by the rules of one.",
        ["LeadDesk.Leads.Bulk.Work.FollowUpWork uses LeadDesk.FollowUps.FollowUp"] = "Follow-ups are set for many leads at once, by the rules of one.",
        ["LeadDesk.Leads.Bulk.Work.FollowUpWork uses LeadDesk.FollowUps.FollowUpKind"] = "Follow-ups are set for many leads at once, by the rules of one.",
        ["LeadDesk.Leads.Bulk.Work.FollowUpWork uses LeadDesk.FollowUps.FollowUpRules"] = "Follow-ups are set for many leads at once, by the rules of one.",
        ["LeadDesk.Leads.Bulk.BulkNotices uses LeadDesk.Notifications.UserNotice"] = "What a person is told is written with its cause.",
        ["LeadDesk.Leads.Bulk.BulkNotices uses LeadDesk.Notifications.UserNoticeKind"] = "What a person is told is written with its cause.",
        ["LeadDesk.Leads.PersonNotices uses LeadDesk.Notifications.UserNotice"] = "What a person is told is written with its cause.",
        ["LeadDesk.Leads.PersonNotices uses LeadDesk.Notifications.UserNoticeKind"] = "What a person is told is written with its cause.",
        ["LeadDesk.Leads.Duplicates.MergeRows uses LeadDesk.Intake.InboundEvent"] = "What came in goes with the lead it made.",
        ["LeadDesk.Leads.Duplicates.MergeRows uses LeadDesk.FollowUps.FollowUp"] = "What is to be done for a lead goes with it.",
        ["LeadDesk.Leads.Duplicates.LeadMerging uses LeadDesk.FollowUps.FollowUp"] = "The lead that stays knows its next one.",
        ["LeadDesk.Leads.Duplicates.MergeQueries uses LeadDesk.FollowUps.FollowUp"] = "The preview counts them.",
    };

    private static IReadOnlyList<string> Foundation => ["Data", "Jobs", "Companies", "Access", "Files", "Live"];

    [Fact]
    public void Every_feature_uses_only_what_lies_below_it()
    {
        var stored = StoredTypes();
        var violations =
            from user in Product.Core.GetTypes()
            let outer = TypeUse.Outermost(user)
            where IsInAFeature(outer)
            from used in TypeUse.Of(user).Select(TypeUse.Outermost)
            where used.Assembly == Product.Core && IsInAFeature(used)
            where !MayUse(Feature(outer), Feature(used)) && !(Feature(outer) == "Data" && stored.Contains(used))
            select $"{outer.FullName} uses {used.FullName}";

        violations.Except(Exceptions.Keys).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_feature_of_Core_has_its_place_in_the_layers()
    {
        var features = Product.Core.GetTypes().Where(IsInAFeature).Select(Feature).Distinct();

        features.ShouldBeSubsetOf(Layers.SelectMany(layer => layer));
    }

    [Fact]
    public void A_namespace_names_the_feature_whose_folder_the_file_lies_in()
    {
        var misplaced =
            from file in SourceFile.OfTheProduct
            let declared = file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null
            let folders = file.Path.Replace("LeadDesk.Core", RootNamespace, StringComparison.Ordinal).Split('/')[..^1]
            let feature = $"namespace {string.Join('.', folders.Take(2))};" // a feature's folder may have folders of its own
            where declared != feature && declared != $"namespace {string.Join('.', folders)};"
            select $"{file.Path}: {declared}";

        misplaced.ShouldBeEmpty();
    }

    private static bool MayUse(string user, string used) =>
        user == used
        || LayerOf(used) < LayerOf(user)
        || (Foundation.Contains(user) && Foundation.Contains(used))
        || (PureRules.Contains(used) && (!PureRules.Contains(user) || PureRules.SkipWhile(rule => rule != used).Contains(user)));

    private static int LayerOf(string feature)
    {
        var layer = Layers.Index().FirstOrDefault(candidate => candidate.Item.Contains(feature), (Index: -1, Item: []));
        return layer.Index;
    }

    /// <summary>Types of the root namespace put the features together; migrations and what the compiler adds are nobody's.</summary>
    private static bool IsInAFeature(Type type) =>
        type.Namespace?.StartsWith(RootNamespace + ".", StringComparison.Ordinal) is true
        && !type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static string Feature(Type type) => type.Namespace!.Split('.')[1];

    /// <summary>The entities of the model and the types of their properties: Data knows the features by what they store, and by nothing else.</summary>
    private static HashSet<Type> StoredTypes()
    {
        var entities =
            from context in Product.Core.GetTypes()
            where typeof(DbContext).IsAssignableFrom(context)
            from property in context.GetProperties()
            where property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>)
            select property.PropertyType.GenericTypeArguments[0];

        var stored = new HashSet<Type>();
        var open = new Queue<Type>(entities);
        while (open.TryDequeue(out var type))
        {
            foreach (var argument in type.GenericTypeArguments)
                open.Enqueue(argument);
            if (type.GetElementType() is { } element)
                open.Enqueue(element);
            if (type.Assembly != Product.Core || !stored.Add(type))
                continue;
            foreach (var property in type.GetProperties())
                open.Enqueue(property.PropertyType);
        }

        return stored;
    }
}
