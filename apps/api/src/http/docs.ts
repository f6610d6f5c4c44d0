import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeApi } from '@timebank/contract';

/** `/api/openapi.json` and a page to browse it at `/api/docs`; both read-only and free of scripts from elsewhere. */
export function serveDocs(app: NestFastifyApplication): void {
  const description = describeApi() as unknown as OpenAPIObject;
  SwaggerModule.setup('api/docs', app, description, { jsonDocumentUrl: 'api/openapi.json', yamlDocumentUrl: 'api/openapi.yaml' });
}
