using System.Net;
using Microsoft.Extensions.Options;
using Sallyport.Hosting.Logging;

namespace Sallyport.Hosting;

/// <summary>Judges the environment variables of a module; each failure names the variable, in the form in which it was set.</summary>
internal sealed class EdgeModuleOptionsValidator : IValidateOptions<EdgeModuleOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeModuleOptions options)
    {
        var failures = new List<string>();
        if (options.ListenAddress is not "*" && !IPAddress.TryParse(options.ListenAddress, out _))
        {
            failures.Add(Failure(nameof(options.ListenAddress), $"'{options.ListenAddress}' is neither * nor an IP address."));
        }

        if (options.MetricsPort is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            failures.Add(Failure(nameof(options.MetricsPort), $"{options.MetricsPort} is not a port from 0 to 65535."));
        }

        if (!Path.IsPathFullyQualified(options.DataFolder))
        {
            failures.Add(Failure(nameof(options.DataFolder), $"'{options.DataFolder}' is not an absolute path."));
        }

        if (options.ConfigurationFile is { } file && !Path.IsPathFullyQualified(file))
        {
            failures.Add(Failure(nameof(options.ConfigurationFile), $"'{file}' is not an absolute path."));
        }

        if (options.RevocationFolder is { } folder && !Path.IsPathFullyQualified(folder))
        {
            failures.Add(Failure(nameof(options.RevocationFolder), $"'{folder}' is not an absolute path."));
        }

        if (!LogLevelName.TryParse(options.LogLevel, out _))
        {
            failures.Add(Failure(nameof(options.LogLevel), $"'{options.LogLevel}' is none of {string.Join(", ", LogLevelName.All)}."));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string Failure(string option, string reason) => $"{EdgeModuleOptions.Section}__{option}: {reason}";
}
