using System.Globalization;
using LeadDesk.Intake.Meta;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaGapsCard
{
    private int atMeta;
    private int here;
    private int missing;

    [Parameter, EditorRequired] public IReadOnlyList<MetaGapDay> Days { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<MetaForm> Forms { get; set; } = [];

    [Parameter] public DateTime? CheckedAt { get; set; }

    [Parameter, EditorRequired] public EventCallback OnCheck { get; set; }

    protected override void OnParametersSet()
    {
        atMeta = Days.Sum(day => day.AtMeta);
        here = Days.Sum(day => day.Here + day.Fetched);
        // Meta forgets leads after ninety days and people delete test leads there: more here than there is no gap.
        missing = Days.Sum(day => Math.Max(0, day.AtMeta - day.Here - day.Fetched));
    }

    private string NameOf(string formId) => Forms.FirstOrDefault(form => form.FormId == formId)?.Name ?? formId;

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Day(int number) => new DateOnly(number / 10_000, number / 100 % 100, number % 100).ToString("d", CultureInfo.CurrentCulture);
}
