import { roleAssignmentType, roleIds } from '../shared.bicep'

metadata name = 'IoT Hub'
metadata description = 'IoT Hub that hands messages on by their type, with its own identity and without keys of services or devices.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace for logs.')
param workspaceId string

@description('Required. Resource id of the identity by which the hub writes to Event Hubs and storage. It must have its roles there before.')
param identityId string

@description('Required. Name of the Event Hubs namespace with `telemetry`, `security` and `metrics`.')
param eventHubNamespaceName string

@description('Required. Name of the storage account of the archive.')
param storageAccountName string

@description('Required. Container of the archive.')
param archiveContainerName string

@description('Optional. Size of a unit.')
@allowed(['S1', 'S2', 'S3'])
param skuName string = 'S1'

@description('Optional. Number of units.')
@minValue(1)
@maxValue(200)
param capacity int = 1

@description('Optional. False closes the public endpoint.')
param publicNetworkAccess bool = false

@description('Optional. Roles on the hub.')
param roleAssignments roleAssignmentType[] = []

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

var telemetryTypes = 'msgType = "telemetry" OR msgType = "metadata" OR msgType = "status"'
var securityTypes = 'msgType = "security" OR msgType = "posture" OR msgType = "audit"'

// The id is what the metrics collector of IoT Edge marks its messages with.
var metricsTypes = 'msgType = "metrics" OR msgType = "diag" OR id = "origin-iotedge-metrics-collector"'

// What fits no route goes to the built-in endpoint, and an alert says so: a route with the condition "true" would hide it.
var routes = [
  { name: 'telemetry', source: 'DeviceMessages', condition: telemetryTypes, endpointNames: ['telemetry'] }
  { name: 'telemetry-archive', source: 'DeviceMessages', condition: telemetryTypes, endpointNames: ['archive'] }
  { name: 'security', source: 'DeviceMessages', condition: securityTypes, endpointNames: ['security'] }
  { name: 'security-archive', source: 'DeviceMessages', condition: securityTypes, endpointNames: ['archive'] }
  { name: 'metrics', source: 'DeviceMessages', condition: metricsTypes, endpointNames: ['metrics'] }
  { name: 'lifecycle', source: 'DeviceLifecycleEvents', condition: 'true', endpointNames: ['security'] }
  { name: 'twin-changes', source: 'TwinChangeEvents', condition: 'true', endpointNames: ['security'] }
  { name: 'connections', source: 'DeviceConnectionStateEvents', condition: 'true', endpointNames: ['security'] }
]

resource hub 'Microsoft.Devices/IotHubs@2023-06-30' = {
  name: 'iot-${baseName}'
  location: location
  tags: tags
  sku: { name: skuName, capacity: capacity }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    minTlsVersion: '1.2'
    disableLocalAuth: true
    disableDeviceSAS: true
    disableModuleSAS: false // edgeHub signs tokens of one hour for itself and for modules; modules cannot use certificates
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    restrictOutboundNetworkAccess: true
    allowedFqdnList: [
      '${eventHubNamespaceName}.servicebus.windows.net'
      '${storageAccountName}.blob.${environment().suffixes.storage}'
    ]
    enableFileUploadNotifications: false
    routing: {
      endpoints: {
        eventHubs: [
          for stream in ['telemetry', 'security', 'metrics']: {
            name: stream
            authenticationType: 'identityBased'
            endpointUri: 'sb://${eventHubNamespaceName}.servicebus.windows.net'
            entityPath: stream
            identity: { userAssignedIdentity: identityId }
          }
        ]
        storageContainers: [
          {
            name: 'archive'
            authenticationType: 'identityBased'
            endpointUri: 'https://${storageAccountName}.blob.${environment().suffixes.storage}'
            containerName: archiveContainerName
            encoding: 'JSON'
            fileNameFormat: '{iothub}/{partition}/{YYYY}/{MM}/{DD}/{HH}/{mm}.json'
            batchFrequencyInSeconds: 300
            maxChunkSizeInBytes: 104857600
            identity: { userAssignedIdentity: identityId }
          }
        ]
      }
      routes: [
        for route in routes: {
          name: route.name
          source: route.source
          condition: route.condition
          endpointNames: route.endpointNames
          isEnabled: true
        }
      ]
      enrichments: [
        { key: 'site', value: '$twin.tags.site', endpointNames: ['telemetry', 'security', 'metrics', 'archive'] }
      ]
      fallbackRoute: {
        name: '$fallback'
        source: 'DeviceMessages'
        condition: 'true'
        endpointNames: ['events']
        isEnabled: true
      }
    }
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in roleAssignments: {
    name: guid(hub.id, one.principalId, roleIds[one.role])
    scope: hub
    properties: {
      principalId: one.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[one.role])
      description: one.why
    }
  }
]

#disable-next-line use-recent-api-versions // the only version with categoryGroup
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: hub
  properties: {
    workspaceId: workspaceId
    logs: [
      for category in [
        'Connections'
        'DeviceTelemetry'
        'DeviceIdentityOperations'
        'Routes'
        'C2DTwinOperations'
        'D2CTwinOperations'
        'DirectMethods'
        'Configurations'
        'JobsOperations'
        'TwinQueries'
        'FileUploadOperations'
        'C2DCommands'
      ]: { category: category, enabled: true }
    ]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Resource id of the hub.')
output resourceId string = hub.id

@description('Name of the hub.')
output name string = hub.name

@description('Host name of the hub.')
output hostName string = hub.properties.hostName

@description('Messages a day before the hub refuses: the quota of its units.')
output dailyMessageQuota int = capacity * (skuName == 'S1' ? 400000 : skuName == 'S2' ? 6000000 : 300000000)
