[assembly: AssemblyFixture(typeof(LeadDesk.Tests.Support.TemplateCleanup))]
