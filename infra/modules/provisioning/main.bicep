metadata name = 'Provisioning service'
metadata description = 'Device Provisioning Service, linked to the hub by an identity; the root of the plant is uploaded and verified. The enrolment groups are made by infra/scripts/enroll.sh: there is no resource type for them.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Required. Resource id of the identity that registers devices at the hub. It must have its role there before.')
param identityId string

@description('Required. Host name of the hub.')
param iotHubHostName string

@description('Optional. Certificate of the root of the plant, base64 of the PEM file; empty leaves it out.')
param plantRootCertificate string = ''

@description('Optional. False closes the public endpoint.')
param publicNetworkAccess bool = false

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource service 'Microsoft.Devices/provisioningServices@2026-08-31' = {
  name: 'dps-${baseName}'
  location: location
  tags: tags
  sku: { name: 'S1', capacity: 1 }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    disableLocalAuth: true
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    allocationPolicy: 'Hashed'
    iotHubs: [
      {
        location: location
        hostName: iotHubHostName
        authenticationType: 'UserAssigned'
        selectedUserAssignedIdentityResourceId: identityId
        applyAllocationPolicy: true
        allocationWeight: 1
      }
    ]
  }
}

resource root 'Microsoft.Devices/provisioningServices/certificates@2026-08-31' = if (!empty(plantRootCertificate)) {
  parent: service
  name: 'plant-root'
  properties: { certificate: plantRootCertificate, isVerified: true }
}

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: service
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the service.')
output resourceId string = service.id

@description('Name of the service.')
output name string = service.name

@description('Id scope, which gateways name when they register. Not a secret.')
output idScope string = service.properties.idScope
