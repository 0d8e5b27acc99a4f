using System.Reflection;

namespace LeadDesk.Tests.Architecture;

/// <summary>The product's assemblies, by what they are called.</summary>
internal static class Product
{
    public static Assembly Core { get; } = Assembly.Load("LeadDesk.Core");

    public static Assembly Web { get; } = Assembly.Load("LeadDesk.Web");
}
