FROM node:20-bookworm-slim
RUN npm install --global --no-audit --no-fund --ignore-scripts @github/copilot@1.0.102
RUN install -d -o node -g node /state /data/workspaces
ENV COPILOT_HOME=/state
USER node
WORKDIR /state
EXPOSE 4321
CMD ["copilot", "--headless", "--no-auto-update", "--host", "0.0.0.0", "--port", "4321"]
