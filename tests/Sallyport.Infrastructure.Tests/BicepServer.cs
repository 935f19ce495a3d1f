using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>One compiler that answers many questions: it reads the types of Azure once, which takes longer than all answers together.</summary>
internal sealed class BicepServer : IDisposable
{
    private const string LengthHeader = "Content-Length:";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit = new(Patience, TimeProvider.System);
    private int _calls;

    private BicepServer(Process process) => _process = process;

    /// <summary>Starts it. Where there is no compiler for this machine the test is skipped, or fails where peers are required.</summary>
    public static BicepServer Start()
    {
        if (!File.Exists(Bicep.Path))
        {
            Peer.Missing("There is no Bicep compiler for this machine.");
        }

        var start = new ProcessStartInfo(Bicep.Path, ["jsonrpc", "--stdio"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        return new BicepServer(Process.Start(start)!);
    }

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = ++_calls,
            ["method"] = method,
            ["params"] = new JsonArray(parameters),
        }.ToJsonString());
        Stream requests = _process.StandardInput.BaseStream;
        await requests.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{LengthHeader} {body.Length}\r\n\r\n")), _limit.Token);
        await requests.WriteAsync(body, _limit.Token);
        await requests.FlushAsync(_limit.Token);
        JsonObject answer = await ReadAsync();
        return answer["result"] as JsonObject ?? throw new InvalidDataException($"{method}: {answer["error"]?.ToJsonString()}");
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _limit.Dispose();
    }

    private async Task<JsonObject> ReadAsync()
    {
        var length = 0;
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            length = line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase) ? int.Parse(line[LengthHeader.Length..], CultureInfo.InvariantCulture) : length;
        }

        var body = new byte[length];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(body, _limit.Token);
        return JsonNode.Parse(body)?.AsObject() ?? throw new JsonException("The compiler answered with nothing.");
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            await _process.StandardOutput.BaseStream.ReadExactlyAsync(one, _limit.Token);
            _ = line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd();
    }
}
