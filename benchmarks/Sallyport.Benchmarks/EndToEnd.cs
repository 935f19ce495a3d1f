using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Benchmarks;

/// <summary>PLC to cloud: how long a value takes, and how many frames pass. Everything real but the plant and the cloud.</summary>
/// <remarks>The limit that the figure is held against: poll interval + page latency + 250 ms, for 99 of 100 values.</remarks>
internal static class EndToEnd
{
    private const int IntervalMs = 100;
    private const int MaxLatencyMs = 200;
    private const int AllowanceMs = 250;
    private const int DurationSeconds = 20;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        int rounds = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 3;
        string repository = Manifest.FindRepository();
        string manifest = Path.Combine(repository, $".endtoend-{Environment.ProcessId}.json");
        Manifest.Write(repository, manifest, IntervalMs, MaxLatencyMs);
        try
        {
            var results = new List<JsonElement>();
            await output.WriteLineAsync("round  frames/s  p50 ms  p99 ms  max ms  values");
            for (int round = 1; round <= rounds; round++)
            {
                JsonElement result = await RunOnceAsync(repository, manifest);
                results.Add(result);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{round,5}  {Number(result, "framesPerSecond"),8:F1}  {Number(result, "p50LatencyMs"),6:F0}  {Number(result, "p99LatencyMs"),6:F0}  {Number(result, "maxLatencyMs"),6:F0}  {Number(result, "valuesArrived"),6:F0}"));
            }

            await output.WriteLineAsync(Summary(results).ToJsonString());
            return 0;
        }
        finally
        {
            File.Delete(manifest);
        }
    }

    private static JsonObject Summary(List<JsonElement> results) => new()
    {
        ["subject"] = "endtoend",
        ["rounds"] = results.Count,
        ["intervalMs"] = IntervalMs,
        ["pageLatencyMs"] = MaxLatencyMs,
        ["limitMs"] = IntervalMs + MaxLatencyMs + AllowanceMs,
        ["framesPerSecond"] = Median(results, "framesPerSecond"),
        ["p50LatencyMs"] = Median(results, "p50LatencyMs"),
        ["p99LatencyMs"] = Median(results, "p99LatencyMs"),
        ["valuesPerRound"] = Median(results, "valuesArrived"),
    };

    private static async Task<JsonElement> RunOnceAsync(string repository, string manifest)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        string simulator = Path.Combine(here.Parent!.Parent!.FullName, "Sallyport.Simulator", here.Name, "Sallyport.Simulator.dll");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [simulator, "--manifest", manifest, "--duration", DurationSeconds.ToString(CultureInfo.InvariantCulture), "--check"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = repository,
        })!;
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonElement.Parse(text.TrimEnd().Split('\n')[^1])
            : throw new InvalidOperationException($"The simulator ended with {process.ExitCode}:\n{text}");
    }

    private static double Median(List<JsonElement> results, string name)
    {
        double[] sorted = [.. results.Select(result => Number(result, name)).Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Number(JsonElement result, string name) => result.GetProperty(name).GetDouble();
}
