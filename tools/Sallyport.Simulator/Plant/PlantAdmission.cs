namespace Sallyport.Simulator.Plant;

/// <summary>How many connections the plant keeps, and which.</summary>
internal enum PlantAdmission
{
    /// <summary>All that come.</summary>
    Everyone,

    /// <summary>One: who comes while it is there is shut out.</summary>
    OneOldestStays,

    /// <summary>One: who comes throws out who was there.</summary>
    OneNewestStays,
}
