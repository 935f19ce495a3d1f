using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.Ctl.Provision;

/// <summary><c>sallyportctl provision test</c>: one registration with the certificate of a device, step by step.</summary>
internal sealed class TestVerb(Surroundings surroundings)
{
    private readonly Option<string> _scope = new("--id-scope") { Description = "ID scope, as on the overview page of the provisioning service.", Required = true };
    private readonly Option<string> _registration = new("--registration-id") { Description = "Registration id; the common name of the certificate.", Required = true };

    private readonly Option<string> _host = new("--host")
    {
        Description = "Host of the provisioning service, with or without :port.",
        DefaultValueFactory = _ => ProvisioningTarget.GlobalHost,
    };

    private readonly Option<string> _certificate = new("--certificate") { Description = "PEM file: the device's certificate, then the authorities above it.", Required = true };
    private readonly Option<string> _key = new("--key") { Description = "PEM file: its key, without a password.", Required = true };
    private readonly Option<string?> _previousCertificate = new("--previous-certificate") { Description = "The same of the certificate before, tried when the first is refused." };
    private readonly Option<string?> _previousKey = new("--previous-key") { Description = "Its key." };
    private readonly Option<string> _roots = new("--roots") { Description = "PEM file: the only roots that the service's certificate may end in.", Required = true };
    private readonly Option<string?> _payload = new("--payload") { Description = "File with one JSON value for the enrolment's custom allocation." };

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        var verb = new Command("test", "Registers a device as the module would, and says each step. The device is registered afterwards, as it is when the module starts.");
        foreach (Option option in (Option[])[_scope, _registration, _host, _certificate, _key, _previousCertificate, _previousKey, _roots, _payload])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ProvisioningTarget target = Target(parsed) with { Payload = await PayloadAsync(parsed.GetValue(_payload), cancellationToken) };
        var files = new CertificateFiles(
            parsed.GetRequiredValue(_certificate), parsed.GetRequiredValue(_key), parsed.GetValue(_previousCertificate), parsed.GetValue(_previousKey));
        if (files.PreviousCertificateFile is null != files.PreviousKeyFile is null)
        {
            throw new WrongUsageException("--previous-certificate and --previous-key go together: give both or neither.");
        }

        ImmutableArray<DeviceCertificate> certificates = await files.ReadAsync(cancellationToken) switch
        {
            OwnCertificates.Found found => found.Certificates,
            OwnCertificates.None none => throw new WrongUsageException(none.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        try
        {
            long start = surroundings.Time.GetTimestamp();
            var steps = ImmutableArray.CreateBuilder<(TimeSpan At, ProvisioningStep Step)>();
            IDeviceProvisioner provisioner = Open(target, parsed.GetRequiredValue(_roots), step =>
            {
                steps.Add((surroundings.Time.GetElapsedTime(start), step));
                if (surroundings.Screen.IsInteractive)
                {
                    surroundings.Screen.Note(ProvisionWords.For(step));
                }
            });
            ProvisioningOutcome outcome = await provisioner.RegisterAsync(certificates, cancellationToken);
            return surroundings.Screen.Give(new TestReport(target, steps.ToImmutable(), outcome), parsed.GetValue(CommandTree.Json));
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static async Task<ReadOnlyMemory<byte>> PayloadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return default;
        }

        byte[] payload = await File.ReadAllBytesAsync(file, cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            return payload.Length <= ProvisioningTarget.MaxPayloadSizeInBytes
                ? payload
                : throw new WrongUsageException($"{file} is longer than {ProvisioningTarget.MaxPayloadSizeInBytes} bytes.");
        }
        catch (JsonException)
        {
            throw new WrongUsageException($"{file} is not one JSON value.");
        }
    }

    private IDeviceProvisioner Open(ProvisioningTarget target, string rootsFile, Action<ProvisioningStep> onStep) =>
        surroundings.OpenProvisioner?.Invoke(target, rootsFile, onStep)
        ?? new DeviceProvisioner(target, rootsFile, new OwnCertificateCheck(surroundings.Time), new ProvisioningLimits(), surroundings.Time, onStep) { Product = "sallyportctl" };

    private ProvisioningTarget Target(ParseResult parsed)
    {
        string scope = parsed.GetRequiredValue(_scope);
        string registration = parsed.GetRequiredValue(_registration);
        string host = parsed.GetRequiredValue(_host);
        return ProvisioningTarget.TryCreate(scope, registration, host, out ProvisioningTarget? target) ? target
            : throw new WrongUsageException(
                !ProvisioningTarget.IsIdScope(scope) ? $"\"{scope}\" is not an ID scope: letters and digits."
                : !ProvisioningTarget.IsRegistrationId(registration)
                    ? $"\"{registration}\" is not a registration id: 1 to 128 letters, digits and -._: with a letter, digit or dash at the end."
                : $"\"{host}\" is not a host name or address, with or without :port.");
    }
}
