using System.Xml.Linq;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LeadDesk.Web.Hosting;

/// <summary>Keeps the keys of cookies and forms in the database, so that every node reads every other node's.</summary>
internal sealed class DatabaseKeyRepository(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = database.Open(CompanyScope.Installation);
        return [.. context.ProtectionKeys.Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    /// <summary>Called every ninety days, when a key is made. The framework's interface is synchronous and there is no context to deadlock on.</summary>
    public void StoreElement(XElement element, string friendlyName) => database.WriteAsync(CompanyScope.Installation, context =>
    {
        context.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        return Task.FromResult(true);
    }, CancellationToken.None).GetAwaiter().GetResult();
}
