using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Node;

/// <summary>A process with the official Node client of a module, told what to do line by line.</summary>
/// <remarks>It gets the environment that edgeAgent gives a module, and a home folder of its own.</remarks>
internal sealed class NodeModule : IAsyncDisposable
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Sallyport.Simulator.Tests", "node");

    private readonly Process _process;
    private readonly string _home;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _requests = new();
    private readonly Channel<JsonObject> _events = Channel.CreateUnbounded<JsonObject>();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;
    private int _lastRequest;

    private NodeModule(Process process, string home)
    {
        (_process, _home) = (process, home);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _ = _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>Starts a client of a module of the harness. Skips the test where Node or its packages are missing.</summary>
    public static async Task<NodeModule> StartAsync(BrokerHarness harness, RegisteredIdentity module, CancellationToken cancellationToken)
    {
        string node = Peer.Require("node");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Peer.Missing("The Node packages are missing: run npm ci in tests/Sallyport.Simulator.Tests/node.");
        }

        string home = Directory.CreateTempSubdirectory("sp-node-").FullName;
        string socket = await harness.Workload.AddModuleAsync(module, cancellationToken);
        var start = new ProcessStartInfo(node, "module-client.js")
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home;
        start.Environment["IOTEDGE_WORKLOADURI"] = $"unix://{socket}";
        start.Environment["IOTEDGE_DEVICEID"] = module.Identity.DeviceId;
        start.Environment["IOTEDGE_MODULEID"] = module.Identity.ModuleId;
        start.Environment["IOTEDGE_MODULEGENERATIONID"] = module.GenerationId;
        start.Environment["IOTEDGE_IOTHUBHOSTNAME"] = harness.Hub.HostName;
        start.Environment["IOTEDGE_GATEWAYHOSTNAME"] = harness.Addresses.EdgeHub.ToString();
        start.Environment["IOTEDGE_AUTHSCHEME"] = "sasToken";
        start.Environment["IOTEDGE_APIVERSION"] = "2022-08-03";
        return new NodeModule(Process.Start(start)!, home);
    }

    /// <summary>Starts a client and has it connect.</summary>
    /// <param name="harness">The brokers.</param>
    /// <param name="module">Whose client it is.</param>
    /// <param name="retries">Whether it connects again by itself. It does so only while it listens to something.</param>
    /// <param name="listens">Whether it listens to its inputs from the beginning.</param>
    /// <exception cref="NodeException">It was not let in.</exception>
    public static async Task<NodeModule> OpenAsync(BrokerHarness harness, RegisteredIdentity module, bool retries = true, bool listens = false)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        NodeModule client = await StartAsync(harness, module, cancellation);
        try
        {
            _ = await client.AskAsync("open", new JsonObject { ["retry"] = retries, ["listens"] = listens }, cancellation);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>The arguments of the verb that sends a message.</summary>
    public static JsonObject Message(string output, string messageId, JsonObject? properties = null) =>
        new() { ["output"] = output, ["messageId"] = messageId, ["body"] = new JsonObject { ["v"] = 1 }, ["properties"] = properties };

    /// <summary>Has the client do something and waits until it is done.</summary>
    /// <exception cref="NodeException">The client failed; the message is its own.</exception>
    public async Task<JsonNode?> AskAsync(string verb, JsonObject? arguments, CancellationToken cancellationToken)
    {
        JsonObject request = arguments ?? [];
        int id = Interlocked.Increment(ref _lastRequest);
        (request["id"], request["do"]) = (id, verb);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[id] = answer;
        await _process.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        JsonObject line = await answer.Task.WaitAsync(cancellationToken);
        return line["error"] is { } error
            ? throw new NodeException((string)error["name"]!, (string)error["message"]!)
            : line["value"];
    }

    public Task<JsonNode?> AskAsync(string verb, CancellationToken cancellationToken) => AskAsync(verb, arguments: null, cancellationToken);

    /// <summary>The next event, which must be of this name.</summary>
    public async Task<JsonObject> ReadEventAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject next = await _events.Reader.ReadAsync(cancellationToken);
            Assert.Equal(name, (string?)next["event"]);
            return next;
        }
        catch (ChannelClosedException e)
        {
            throw new InvalidOperationException($"The client has ended: {Errors()}", e);
        }
    }

    /// <summary>Stops the process in its tracks (SIGSTOP) or lets it go on (SIGCONT).</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } text)
        {
            JsonObject line = JsonNode.Parse(text)!.AsObject();
            if (line["id"] is { } id && _requests.TryRemove((int)id, out TaskCompletionSource<JsonObject>? request))
            {
                request.SetResult(line);
            }
            else
            {
                _ = _events.Writer.TryWrite(line);
            }
        }

        foreach (TaskCompletionSource<JsonObject> request in _requests.Values)
        {
            _ = request.TrySetException(new InvalidOperationException($"The client has ended: {Errors()}"));
        }

        _events.Writer.Complete();
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }
}
