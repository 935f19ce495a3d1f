metadata name = 'Network'
metadata description = 'Virtual network of the private endpoints, and of a simulated gateway, with a rule set for each subnet.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Optional. Address space of the network.')
param addressPrefix string = '10.20.0.0/16'

@description('Optional. Network of the controllers that the simulated gateway reads.')
param controlPrefix string = '10.20.1.0/24'

@description('Optional. True while a gateway is set up: packages and images come over 443 through a NAT gateway. False locks it again.')
param isSetupOpen bool = false

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

var gatewayPrefix = cidrSubnet(addressPrefix, 24, 3)
var endpointPrefix = cidrSubnet(addressPrefix, 24, 4)

var denyAll = [
  for direction in ['Inbound', 'Outbound']: {
    name: 'deny-${toLower(direction)}'
    properties: {
      priority: 4096
      direction: direction
      access: 'Deny'
      protocol: '*'
      sourceAddressPrefix: '*'
      sourcePortRange: '*'
      destinationAddressPrefix: '*'
      destinationPortRange: '*'
    }
  }
]

var gatewayRules = [
  {
    name: 'mqtt-to-iot-hub'
    properties: {
      priority: 100
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: gatewayPrefix
      sourcePortRange: '*'
      destinationAddressPrefix: 'AzureIoTHub'
      destinationPortRange: '8883'
    }
  }
  {
    name: 'private-endpoints'
    properties: {
      priority: 110
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: gatewayPrefix
      sourcePortRange: '*'
      destinationAddressPrefix: endpointPrefix
      destinationPortRanges: ['443', '8883']
    }
  }
  {
    name: 'controllers'
    properties: {
      priority: 120
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: gatewayPrefix
      sourcePortRange: '*'
      destinationAddressPrefix: controlPrefix
      destinationPortRanges: ['502', '802', '2221', '44818']
    }
  }
]

var setupRules = [
  {
    name: 'setup-https'
    properties: {
      priority: 200
      direction: 'Outbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: gatewayPrefix
      sourcePortRange: '*'
      destinationAddressPrefix: 'Internet'
      destinationPortRanges: ['80', '443']
    }
  }
]

var endpointRules = [
  {
    name: 'from-network'
    properties: {
      priority: 100
      direction: 'Inbound'
      access: 'Allow'
      protocol: 'Tcp'
      sourceAddressPrefix: 'VirtualNetwork'
      sourcePortRange: '*'
      destinationAddressPrefix: endpointPrefix
      destinationPortRanges: ['443', '5671', '8883']
    }
  }
]

resource gatewayGroup 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: 'nsg-${baseName}-gateway'
  location: location
  tags: tags
  properties: { securityRules: concat(gatewayRules, isSetupOpen ? setupRules : [], denyAll) }
}

resource endpointGroup 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: 'nsg-${baseName}-endpoints'
  location: location
  tags: tags
  properties: { securityRules: concat(endpointRules, denyAll) }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = if (isSetupOpen) {
  name: 'pip-${baseName}-setup'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource translation 'Microsoft.Network/natGateways@2024-07-01' = if (isSetupOpen) {
  name: 'ng-${baseName}-setup'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-${baseName}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'snet-gateway'
        properties: {
          addressPrefix: gatewayPrefix
          networkSecurityGroup: { id: gatewayGroup.id }
          defaultOutboundAccess: false
          natGateway: isSetupOpen ? { id: translation.id } : null
        }
      }
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: endpointPrefix
          networkSecurityGroup: { id: endpointGroup.id }
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource networkDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: network
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource gatewayDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: gatewayGroup
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }] }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource endpointDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: endpointGroup
  properties: { workspaceId: workspaceId, logs: [{ categoryGroup: 'allLogs', enabled: true }] }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource addressDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (isSetupOpen) {
  name: 'to-log-analytics'
  scope: address
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the network.')
output resourceId string = network.id

@description('Resource id of the subnet of the simulated gateway.')
output gatewaySubnetId string = '${network.id}/subnets/snet-gateway'

@description('Resource id of the subnet of the private endpoints.')
output endpointSubnetId string = '${network.id}/subnets/snet-endpoints'
