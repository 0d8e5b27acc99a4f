namespace LeadDesk.Tests.Intake.Meta;

internal static class Sample
{
    public static string Text(string name) => File.ReadAllText(Path.Combine(Support.Repository.Root, "LeadDesk.Tests", "Intake", "Meta", "Samples", name));
}
