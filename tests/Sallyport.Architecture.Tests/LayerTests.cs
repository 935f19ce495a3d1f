using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sallyport.Architecture.Tests;

/// <summary>What a compiled library may touch. Read from its metadata, so that a fully qualified call counts too.</summary>
public sealed class LayerTests
{
    private static readonly string[] Pure =
        ["Sallyport.Telemetry", "Sallyport.Modbus", "Sallyport.EtherNetIp", "Sallyport.OtInspection", "Sallyport.BatchVerification", "Sallyport.Posture", "Sallyport.Manifest"];

    private static readonly string[] ForbiddenAssemblies = ["System.Net.Sockets", "Microsoft.Extensions", "MQTTnet", "System.Diagnostics.Process"];

    private static readonly string[] ForbiddenTypes =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.RandomAccess", "System.TimeProvider.System",
        "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Environment", "System.Console",
    ];

    public static TheoryData<string> PureLibraries => [.. Pure.Where(name => File.Exists(AssemblyPath(name)))];

    public static TheoryData<string> AllLibraries =>
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(IsOurs)];

    [Theory]
    [MemberData(nameof(PureLibraries))]
    public void A_protocol_library_does_no_io_reads_no_clock_and_knows_no_host(string library)
    {
        using var file = new PEReader(File.OpenRead(AssemblyPath(library)));
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<string> assemblies = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => ForbiddenAssemblies.Any(forbidden => name.StartsWith(forbidden, StringComparison.Ordinal)));
        IEnumerable<string> types = metadata.TypeReferences
            .Select(handle => metadata.GetTypeReference(handle))
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
            .Where(name => ForbiddenTypes.Contains(name, StringComparer.Ordinal));
        Assert.Empty(assemblies.Concat(types));
    }

    [Theory]
    [MemberData(nameof(AllLibraries))]
    public void Concrete_classes_are_sealed(string library)
    {
        // A closed outcome is an abstract record with sealed records nested in it; nothing else is meant to be derived from.
        IEnumerable<string?> open = Assembly.LoadFrom(AssemblyPath(library)).GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false } && !IsGenerated(type))
            .Select(type => type.FullName);
        Assert.Empty(open);
    }

    private static bool IsOurs(string name) =>
        (name.StartsWith("Sallyport.", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal) && name is not "Sallyport.TestKit")
        || Directory.Exists(Path.Combine(Repository.Root, "modules", name));

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        || type.Namespace is null or "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices"
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string AssemblyPath(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");
}
