using System.Text.Json;

namespace Sallyport.Hosting;

/// <summary>Turns desired properties (what the user wrote) into a plan (what we understood). The only class of a module that sees both.</summary>
/// <typeparam name="TPlan">Immutable and complete.</typeparam>
public interface IPlanReader<TPlan>
    where TPlan : class
{
    /// <summary>Validates everything and collects all faults before it refuses. Pure: no clock, and no IO but a file whose
    /// content the document fixes by a digest.</summary>
    PlanReading<TPlan> Read(JsonElement desired);
}
