metadata name = 'Workbook'
metadata description = 'The workbook of the fleet: gateways, posture, identity, changes.'

@description('Required. Name that all resources of the environment share.')
param baseName string

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace that it asks.')
param workspaceId string

@description('Optional. Tags of every resource.')
param tags { *: string } = {}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, baseName, 'sallyport')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Sallyport ${baseName}'
    serializedData: loadTextContent('../../workbooks/sallyport.workbook.json')
    sourceId: workspaceId
    version: 'Notebook/1.0'
  }
}

@description('Resource id of the workbook.')
output resourceId string = workbook.id
