using LeadDesk.Simulators;

// Stand-ins for the services LeadDesk talks to, for demos and tests. See SimulatorApp for what is served.
await SimulatorApp.Build(args).RunAsync();
