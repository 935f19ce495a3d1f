namespace Sallyport.Simulator.Mqtt;

/// <summary>What a subscription switches on.</summary>
internal enum HubFeature
{
    /// <summary>Nothing: the filter is granted and ignored.</summary>
    None,
    Methods,
    DesiredProperties,
    TwinResponses,
    DeviceBoundMessages,
    ModuleInputs,
    ProvisioningAnswers,
}
