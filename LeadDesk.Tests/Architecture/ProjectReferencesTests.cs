namespace LeadDesk.Tests.Architecture;

public sealed class ProjectReferencesTests
{
    [Fact]
    public void Core_knows_no_ASP_NET()
    {
        // Its password hasher and the like live in Microsoft.Extensions.*, which need no web server.
        References(Product.Core).Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Core_knows_nothing_else_of_ours() => OfOurs(Product.Core).ShouldBeEmpty();

    [Fact]
    public void Web_knows_Core_alone() => OfOurs(Product.Web).ShouldBeSubsetOf(["LeadDesk.Core"]);

    private static IEnumerable<string> OfOurs(System.Reflection.Assembly assembly) =>
        References(assembly).Where(name => name.StartsWith("LeadDesk", StringComparison.Ordinal));

    private static IEnumerable<string> References(System.Reflection.Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name ?? "");
}
