using LeadDesk.Simulators;

// Stand-ins for the services LeadDesk talks to, for demos and tests. See SimulatorApp for what is served, LiveOptions for the command line.
try
{
    await SimulatorApp.Build(["--live", "true", "--Logging:LogLevel:Default", "Warning", .. args]).RunAsync();
    return 0;
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
