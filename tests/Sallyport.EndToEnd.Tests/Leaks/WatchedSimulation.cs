using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator;
using Sallyport.Simulator.Cloud;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>A simulation in this process, of whose modules every line is kept, and every key that they had wrapped.</summary>
internal sealed class WatchedSimulation : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("sallyport-leaks-").FullName;
    private readonly Lock _lock = new();
    private readonly List<(string Part, TaskCompletionSource Seen)> _awaited = [];

    private WatchedSimulation(string manifest, ImmutableDictionary<string, string> programs) => Simulation = new EdgeSimulation(
        new EdgeSimulationOptions { Manifest = manifest, Programs = programs, StateFolder = _state, OnEncrypted = key => Keys.Enqueue(key) },
        OnLine,
        TimeProvider.System,
        NullLoggerFactory.Instance);

    public EdgeSimulation Simulation { get; }

    /// <summary>Every line of every module.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What modules had wrapped.</summary>
    public ConcurrentQueue<ReadOnlyMemory<byte>> Keys { get; } = new();

    /// <summary>What arrived at IoT Hub.</summary>
    public ConcurrentQueue<CloudMessage> Messages { get; } = new();

    /// <summary>Where modules keep what they keep.</summary>
    public string Volumes => Path.Combine(_state, "volumes");

    /// <summary>The keys of the simulation itself: of the Edge daemon and of the verifier.</summary>
    public string State => _state;

    /// <summary>Starts the deployment of the repository, with modules that tell all that they can.</summary>
    /// <param name="programs">As of <see cref="EdgeSimulationOptions"/>.</param>
    public static async Task<WatchedSimulation> StartAsync(ImmutableDictionary<string, string>? programs = null)
    {
        string manifest = await File.ReadAllTextAsync(RepositoryRoot.Combine("deployment.template.json"), TestContext.Current.CancellationToken);
        var watched = new WatchedSimulation(
            manifest
                .Replace("\"Information\"", $"\"{LogLevel.Trace}\"", StringComparison.Ordinal)
                .Replace("\"maxLatencyMs\": 10000", "\"maxLatencyMs\": 1000, \"commitIntervalMs\": 500", StringComparison.Ordinal),
            (programs ?? ImmutableDictionary<string, string>.Empty)
                .SetItem("ModbusReader", SimulatorRun.Built("ModbusReader"))
                .SetItem("SecureBuffer", programs?.GetValueOrDefault("SecureBuffer") ?? SimulatorRun.Built("SecureBuffer")));
        try
        {
            watched.Simulation.Intake.OnMessage(watched.Messages.Enqueue);
            await watched.Simulation.StartAsync(TestContext.Current.CancellationToken);
            return watched;
        }
        catch
        {
            await watched.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the next line with these words in it.</summary>
    public Task NextLineAsync(string part)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((part, seen));
        }

        return seen.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private void OnLine(string module, string line)
    {
        Lines.Enqueue(line);
        lock (_lock)
        {
            foreach ((string part, TaskCompletionSource seen) in _awaited)
            {
                if (line.Contains(part, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
