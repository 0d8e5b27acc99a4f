using LeadDesk.Access;

namespace LeadDesk.Demo;

public sealed record DemoLogin(string Name, Role Role, string Email, string Password);

/// <param name="FilledNow">False when the demo company was there already.</param>
/// <param name="ApiKey">Known only right after it was made.</param>
public sealed record DemoLogins(bool FilledNow, IReadOnlyList<DemoLogin> People, string? ApiKey)
{
    /// <summary>As a table for the terminal.</summary>
    public string ToTable()
    {
        var lines = new List<string>
        {
            FilledNow ? $"The demo company {DemoCompany.Name} is ready. Sign in as:" : $"The demo company {DemoCompany.Name} is here already. Sign in as:",
            "",
            Row("Name", "Role", "E-mail", "Password"),
        };
        lines.AddRange(People.Select(person => Row(person.Name, person.Role.ToString(), person.Email, person.Password)));
        lines.Add("");
        lines.Add(ApiKey is null ? "Its API key was shown when it was made; make a new one under Settings." : $"API key: {ApiKey}");
        return string.Join(Environment.NewLine, lines);
    }

    private static string Row(string name, string role, string email, string password) => $"  {name,-20}{role,-14}{email,-28}{password}";
}
