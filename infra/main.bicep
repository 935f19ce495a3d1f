import { intakeConsumerGroup } from 'modules/event-hubs/main.bicep'
import { endpointType } from 'modules/private-endpoints/main.bicep'

metadata name = 'Sallyport'
metadata description = 'What a fleet of Sallyport gateways needs in Azure: a hub that hands on and archives, provisioning, monitoring with alerts, keys, images, and a private network around it.'

targetScope = 'resourceGroup'

@description('Required. Which environment it is.')
@allowed(['dev', 'test', 'prod'])
param environmentName string

@description('Required. E-mail addresses of those who are woken.')
@minLength(1)
param alertEmails string[]

@description('Optional. Region.')
param location string = resourceGroup().location

@description('Optional. First part of every name.')
@minLength(2)
@maxLength(10)
param workload string = 'sallyport'

@description('Optional. Device ids that there are to be: gateways, and the own identities of their buffers. Any other raises an alert.')
param gatewayIds string[] = []

@description('Optional. Certificate of the root of the plant, base64 of the PEM file: loadFileAsBase64(\'plant-root.pem\').')
param plantRootCertificate string = ''

@description('Optional. True closes every public endpoint and makes private ones.')
param usePrivateEndpoints bool = environmentName != 'dev'

@description('Optional. Size of the hub.')
param iotHub { skuName: 'S1' | 'S2' | 'S3', capacity: int } = { skuName: 'S1', capacity: 1 }

@description('Optional. Days for which rows of the tables can be queried at once.')
param retentionInDays int = 90

@description('Optional. Days for which the archive can be neither changed nor deleted; 0 leaves it out.')
param archiveImmutableDays int = environmentName == 'prod' ? 90 : 0

@description('Optional. Web hooks that alerts call as well, by name.')
param alertWebhooks { *: string } = {}

@description('Optional. True sends the activity log of the subscription to the workspace; needs rights on the subscription.')
param collectActivityLog bool = true

@description('Optional. True keeps resources from being deleted by mistake.')
param lockResources bool = environmentName == 'prod'

@description('Optional. True makes a simulated gateway.')
param deployGatewayVm bool = false

@description('Optional. Public key of the administrator of the simulated gateway, as in authorized_keys.')
param sshPublicKey string = ''

@description('Optional. True while the simulated gateway is set up: it reaches the Internet over 443. False locks it again.')
param isGatewaySetupOpen bool = false

var baseName = '${workload}-${environmentName}'
var shortName = take('${take(workload, 5)}${environmentName}${uniqueString(resourceGroup().id)}', 20)
var tags = { workload: workload, environment: environmentName, managedBy: 'bicep' }

// Literal names: how many there are must be known before the deployment, so that what-if and snapshots can show all of them.
var privateZones = [
  'privatelink.azure-devices.net'
  'privatelink.azure-devices-provisioning.net'
  'privatelink.servicebus.windows.net'
  #disable-next-line no-hardcoded-env-urls
  'privatelink.blob.core.windows.net'
  'privatelink.vaultcore.azure.net'
  'privatelink.azurecr.io'
  'privatelink.monitor.azure.com'
  'privatelink.oms.opinsights.azure.com'
  'privatelink.ods.opinsights.azure.com'
  'privatelink.agentsvc.azure-automation.net'
]

resource hubIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${baseName}-hub'
  location: location
  tags: tags
}

resource intakeIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${baseName}-intake'
  location: location
  tags: tags
}

resource alertIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${baseName}-alerts'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring/main.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: tags
    gatewayIds: gatewayIds
    retentionInDays: retentionInDays
    publicNetworkAccess: !usePrivateEndpoints
    workspaceRoles: [
      {
        principalId: alertIdentity.properties.principalId
        role: 'Log Analytics Reader'
        why: 'Alert rules read the logs.'
      }
    ]
    ruleRoles: [
      {
        principalId: intakeIdentity.properties.principalId
        role: 'Monitoring Metrics Publisher'
        why: 'Intake writes events, posture and metrics.'
      }
    ]
  }
}

module activityLog 'modules/activity-log/main.bicep' = if (collectActivityLog) {
  scope: subscription()
  params: { baseName: baseName, workspaceId: monitoring.outputs.workspaceId }
}

module eventHubs 'modules/event-hubs/main.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    publicNetworkAccess: !usePrivateEndpoints
    roleAssignments: [
      {
        principalId: hubIdentity.properties.principalId
        role: 'Azure Event Hubs Data Sender'
        why: 'IoT Hub hands messages on.'
      }
      {
        principalId: intakeIdentity.properties.principalId
        role: 'Azure Event Hubs Data Receiver'
        why: 'Intake receives messages.'
      }
    ]
  }
}

module storage 'modules/storage/main.bicep' = {
  params: {
    shortName: shortName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    immutableDays: archiveImmutableDays
    publicNetworkAccess: !usePrivateEndpoints
    roleAssignments: [
      {
        principalId: hubIdentity.properties.principalId
        role: 'Storage Blob Data Contributor'
        why: 'IoT Hub archives messages.'
      }
      {
        principalId: intakeIdentity.properties.principalId
        role: 'Storage Blob Data Contributor'
        why: 'Intake keeps its checkpoints.'
      }
    ]
  }
}

module keyVault 'modules/key-vault/main.bicep' = {
  params: {
    shortName: shortName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    publicNetworkAccess: !usePrivateEndpoints
    roleAssignments: [
      {
        principalId: intakeIdentity.properties.principalId
        role: 'Key Vault Crypto User'
        why: 'Intake unwraps the root keys of sealed batches.'
      }
    ]
  }
}

module registry 'modules/registry/main.bicep' = {
  params: {
    shortName: shortName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    skuName: usePrivateEndpoints ? 'Premium' : 'Standard'
    publicNetworkAccess: !usePrivateEndpoints
  }
}

module hub 'modules/iot-hub/main.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    identityId: hubIdentity.id
    eventHubNamespaceName: eventHubs.outputs.name
    storageAccountName: storage.outputs.name
    archiveContainerName: storage.outputs.archiveContainer
    skuName: iotHub.skuName
    capacity: iotHub.capacity
    publicNetworkAccess: !usePrivateEndpoints
    roleAssignments: [
      {
        principalId: hubIdentity.properties.principalId
        role: 'IoT Hub Data Contributor'
        why: 'The provisioning service registers devices.'
      }
      {
        principalId: intakeIdentity.properties.principalId
        role: 'IoT Hub Twin Contributor'
        why: 'Intake confirms to gateways what was verified.'
      }
    ]
  }
}

module provisioning 'modules/provisioning/main.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    identityId: hubIdentity.id
    iotHubHostName: hub.outputs.hostName
    plantRootCertificate: plantRootCertificate
    publicNetworkAccess: !usePrivateEndpoints
  }
}

module workbook 'modules/workbook/main.bicep' = {
  params: { baseName: baseName, location: location, tags: tags, workspaceId: monitoring.outputs.workspaceId }
}

module alerts 'modules/alerts/main.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: tags
    emails: alertEmails
    webhooks: alertWebhooks
    workspaceId: monitoring.outputs.workspaceId
    identityId: alertIdentity.id
    dailyMessageQuota: hub.outputs.dailyMessageQuota
    watched: {
      iotHub: hub.outputs.resourceId
      provisioning: provisioning.outputs.resourceId
      eventHubs: eventHubs.outputs.resourceId
      storage: storage.outputs.resourceId
      keyVault: keyVault.outputs.resourceId
      dataCollectionRule: monitoring.outputs.ruleId
    }
  }
}

module network 'modules/network/main.bicep' = if (usePrivateEndpoints || deployGatewayVm) {
  params: {
    baseName: baseName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    isSetupOpen: deployGatewayVm && isGatewaySetupOpen
  }
}

var endpoints endpointType[] = [
  { name: 'iot-hub', groupId: 'iotHub', resourceId: hub.outputs.resourceId, zones: [privateZones[0], privateZones[2]] }
  {
    name: 'provisioning'
    groupId: 'iotDps'
    resourceId: provisioning.outputs.resourceId
    zones: [privateZones[1]]
  }
  { name: 'event-hubs', groupId: 'namespace', resourceId: eventHubs.outputs.resourceId, zones: [privateZones[2]] }
  { name: 'blobs', groupId: 'blob', resourceId: storage.outputs.resourceId, zones: [privateZones[3]] }
  { name: 'key-vault', groupId: 'vault', resourceId: keyVault.outputs.resourceId, zones: [privateZones[4]] }
  { name: 'registry', groupId: 'registry', resourceId: registry.outputs.resourceId, zones: [privateZones[5]] }
  {
    name: 'monitor'
    groupId: 'azuremonitor'
    resourceId: monitoring.outputs.privateLinkScopeId
    zones: [privateZones[6], privateZones[7], privateZones[8], privateZones[9], privateZones[3]]
  }
]

module privateEndpoints 'modules/private-endpoints/main.bicep' = if (usePrivateEndpoints) {
  params: {
    baseName: baseName
    location: location
    tags: tags
    networkId: network!.outputs.resourceId
    subnetId: network!.outputs.endpointSubnetId
    zones: privateZones
    endpoints: endpoints
  }
}

module gatewayVm 'modules/gateway-vm/main.bicep' = if (deployGatewayVm) {
  params: {
    baseName: baseName
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    subnetId: network!.outputs.gatewaySubnetId
    sshPublicKey: sshPublicKey
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (lockResources) {
  name: 'lock-${baseName}'
  properties: { level: 'CanNotDelete', notes: 'The archive and the identities of a fleet. Take it away on purpose.' }
}

@description('Name of the hub.')
output iotHubName string = hub.outputs.name

@description('Host name of the hub.')
output iotHubHostName string = hub.outputs.hostName

@description('Name of the provisioning service.')
output provisioningName string = provisioning.outputs.name

@description('Id scope for the configuration of gateways. Not a secret.')
output idScope string = provisioning.outputs.idScope

@description('Address that images are named by.')
output registryLoginServer string = registry.outputs.loginServer

@description('Address of the vault.')
output keyVaultUri string = keyVault.outputs.uri

@description('Resource id of the workspace.')
output workspaceId string = monitoring.outputs.workspaceId

@description('What Intake needs to know; none of it is a secret.')
output intake {
  clientId: string
  eventHubsHost: string
  eventHubs: string[]
  consumerGroup: string
  storageAccount: string
  checkpointContainer: string
  ingestionEndpoint: string
  dataCollectionRule: string
  streams: string[]
} = {
  clientId: intakeIdentity.properties.clientId
  eventHubsHost: '${eventHubs.outputs.name}.servicebus.windows.net'
  eventHubs: eventHubs.outputs.eventHubNames
  consumerGroup: intakeConsumerGroup
  storageAccount: storage.outputs.name
  checkpointContainer: storage.outputs.checkpointContainer
  ingestionEndpoint: monitoring.outputs.ingestionEndpoint
  dataCollectionRule: monitoring.outputs.ruleImmutableId
  streams: monitoring.outputs.streams
}

@description('Names of all alert rules.')
output alertNames string[] = alerts.outputs.ruleNames
