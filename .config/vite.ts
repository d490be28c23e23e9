import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  optimizeDeps: { include: ["recharts", "d3-array"] },
  build: { target: "es2023" },
});
