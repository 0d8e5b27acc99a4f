namespace LeadDesk.Simulators.Models;

/// <summary>The state of all simulated providers.</summary>
public sealed class SimulatedProviders
{
    public const string OpenAi = "openai";
    public const string Mistral = "mistral";
    public const string Gemini = "gemini";
    public const string Ollama = "ollama";

    private readonly Dictionary<string, SimulatedProvider> _byName =
        new[] { OpenAi, Mistral, Gemini, Ollama }.ToDictionary(name => name, _ => new SimulatedProvider(), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public SimulatedProvider this[string name] => _byName[name];

    public SimulatedProvider? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>One provider's behaviour and the calls it has seen. Safe for concurrent use.</summary>
public sealed class SimulatedProvider
{
    private const int MostCalls = 200;

    private readonly Lock _lock = new();
    private readonly Queue<ModelCall> _calls = [];
    private ModelBehaviour _behaviour = ModelBehaviour.Normal;
    private int _callsLeft;

    public ModelBehaviour Behaviour
    {
        get { lock (_lock) return _behaviour; }
        set
        {
            lock (_lock)
            {
                _behaviour = value;
                _callsLeft = value.Times ?? int.MaxValue;
            }
        }
    }

    /// <summary>The latest calls, oldest first.</summary>
    public IReadOnlyList<ModelCall> Calls
    {
        get { lock (_lock) return [.. _calls]; }
    }

    /// <summary>Records a call and tells how to answer it.</summary>
    public ModelBehaviour Enter(ModelCall call)
    {
        lock (_lock)
        {
            _calls.Enqueue(call);
            if (_calls.Count > MostCalls) _calls.Dequeue();
            if (_callsLeft == 0) _behaviour = ModelBehaviour.Normal;
            else _callsLeft--;
            return _behaviour;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _calls.Clear();
            _behaviour = ModelBehaviour.Normal;
        }
    }
}
