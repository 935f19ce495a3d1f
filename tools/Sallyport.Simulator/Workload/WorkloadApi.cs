using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Workload;

/// <summary>The Edge daemon's workload API: one unix socket a module, which serves that module alone.</summary>
/// <remarks>The daemon knows a caller by its process; here the socket says who it is.</remarks>
internal sealed partial class WorkloadApi : IAsyncDisposable
{
    private const int MasterKeyLength = 32;
    private const int LongestRequest = 1024 * 1024;

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly WorkloadOptions _options;
    private readonly CertificateAuthority _authority;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private readonly byte[] _masterKey;
    private readonly ConcurrentDictionary<string, (RegisteredIdentity Module, string Path, HttpEndpoint Endpoint)> _modules = new(StringComparer.Ordinal);

    public WorkloadApi(WorkloadOptions options, CertificateAuthority authority, ILoggerFactory logs)
    {
        (_options, _authority, _logs) = (options, authority, logs);
        _logger = logs.CreateLogger<WorkloadApi>();
        _masterKey = ReadKey(options.KeyFile);
    }

    /// <summary>Opens the socket of a module. One that is open stays as it is, unless the module was registered anew.</summary>
    /// <returns>The socket's path, for <c>IOTEDGE_WORKLOADURI=unix://{path}</c>.</returns>
    public async Task<string> AddModuleAsync(RegisteredIdentity module, CancellationToken cancellationToken)
    {
        string name = module.Identity.ModuleId.TrimStart('$');
        if (_modules.TryGetValue(name, out (RegisteredIdentity Module, string Path, HttpEndpoint Endpoint) open) && open.Module == module)
        {
            return open.Path;
        }

        await RemoveModuleAsync(name);
        string path = Path.Combine(_options.Folder, $"{name}.sock");
        File.Delete(path); // One that an earlier run left would make the bind fail.
        var requests = new ModuleRequests(module, new ModuleVault(module, _masterKey, _options.OnEncrypted), _authority, ListModules);
        HttpEndpoint endpoint = await HttpEndpoint.StartAsync(
            kestrel => kestrel.ListenUnixSocket(path), context => AnswerAsync(context, requests), _logs, cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ForEverybody);
        }

        _modules[name] = (module, path, endpoint);
        return path;
    }

    /// <summary>Closes the socket of a module and removes it, as while the Edge daemon restarts.</summary>
    public async Task RemoveModuleAsync(string moduleId)
    {
        if (_modules.TryRemove(moduleId.TrimStart('$'), out (RegisteredIdentity Module, string Path, HttpEndpoint Endpoint) module))
        {
            await module.Endpoint.DisposeAsync();
            File.Delete(module.Path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string name in _modules.Keys)
        {
            await RemoveModuleAsync(name);
        }
    }

    private static byte[] ReadKey(string? file)
    {
        if (file is not null && File.Exists(file))
        {
            return File.ReadAllBytes(file);
        }

        byte[] key = RandomNumberGenerator.GetBytes(MasterKeyLength);
        if (file is not null)
        {
            File.WriteAllBytes(file, key);
        }

        return key;
    }

    private JsonArray ListModules() =>
    [
        .. _modules.Keys.Order(StringComparer.Ordinal).Select(name => new JsonObject
        {
            ["id"] = name,
            ["name"] = name,
            ["type"] = "docker",
            ["status"] = new JsonObject { ["runtimeStatus"] = new JsonObject { ["status"] = "running" } },
        }),
    ];

    private async Task AnswerAsync(HttpContext context, ModuleRequests requests)
    {
        using var body = new MemoryStream();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LongestRequest;
        }

        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        string path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        WorkloadReply reply = requests.Answer(
            context.Request.Method, path, context.Request.Query["api-version"], body.ToArray());
        if (reply.Status >= StatusCodes.Status400BadRequest)
        {
            LogRefused(context.Request.Method, path, reply.Status);
        }

        await HttpReply.WriteAsync(context, reply.Status, "application/json", reply.Body.ToJsonString());
    }

    [LoggerMessage(5400, LogLevel.Warning, "Workload API: {Method} {Path} is answered with {Status}")]
    private partial void LogRefused(string method, string path, int status);
}
