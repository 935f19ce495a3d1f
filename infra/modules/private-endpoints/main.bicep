metadata name = 'Private endpoints'
metadata description = 'Private endpoints of the services, and the names by which they are found in the network.'

@export()
@description('One private endpoint.')
type endpointType = {
  @description('Required. Short name.')
  name: string

  @description('Required. Part of the service that is reached.')
  groupId: string

  @description('Required. Resource id of the service.')
  resourceId: string

  @description('Required. DNS zones that its names stand in; each is in `zones`.')
  zones: string[]
}

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the network that the zones serve.')
param networkId string

@description('Required. Resource id of the subnet of the endpoints.')
param subnetId string

@description('Required. DNS zones, as literal names: what is counted must be known before the deployment.')
param zones string[]

@description('Required. The endpoints.')
param endpoints endpointType[]

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource dnsZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zones: { name: zone, location: 'global', tags: tags }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, at) in zones: {
    parent: dnsZones[at]
    name: 'link-${baseName}'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for one in endpoints: {
    name: 'pe-${baseName}-${one.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        { name: one.name, properties: { privateLinkServiceId: one.resourceId, groupIds: [one.groupId] } }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for (one, at) in endpoints: {
    parent: privateEndpoints[at]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for zone in one.zones: {
          name: replace(zone, '.', '-')
          properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zone) }
        }
      ]
    }
    dependsOn: [dnsZones]
  }
]

@description('Names of the endpoints.')
output endpointNames string[] = [for one in endpoints: 'pe-${baseName}-${one.name}']
