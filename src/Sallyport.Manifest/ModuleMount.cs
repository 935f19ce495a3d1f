namespace Sallyport.Manifest;

/// <summary>A volume or host folder inside a module's container.</summary>
/// <param name="Source">Name of the volume, or path on the host.</param>
/// <param name="Target">Absolute path in the container, without a slash at the end.</param>
internal sealed record ModuleMount(string Source, string Target);
